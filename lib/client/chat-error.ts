/*
 * The error of the chat itself: an answer was refused, the server said goodbye, or something was asked for
 * at the wrong time. What the transport reports is a TransportError.
 */
import type { ByeCode, Question, RejectionCode } from '../wire/frames.js';

/** What went wrong, in a word that programs can compare. */
export type ChatErrorCode =
  | RejectionCode
  | ByeCode
  | 'not-in-a-group' // there is nobody to say it to
  | 'in-a-group' // leave it first
  | 'busy' // another join, create or leave is under way
  | 'connection-lost' // and the session with it; what was not accepted is not known to have arrived
  | 'closed'; // this client has ended

/** An error of the chat, typed by its `code`; the message is a sentence for people. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: ChatErrorCode;
  /** The question whose answer was refused. */
  readonly question: Question | undefined;

  constructor(code: ChatErrorCode, message: string, { question, cause }: { question?: Question | undefined; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.question = question;
  }
}
