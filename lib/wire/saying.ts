/*
 * What passes between a session and a codec, whichever way the peer speaks: frames, and the few things that
 * only a line of text can be.
 */
import type { ClientFrame, FrameOf, Question, ServerFrame } from './frames.js';

/** The question that waits for an answer. */
export type Asked = Pick<FrameOf<'PROMPT'>, 'id'> & { readonly question: Question };

/** What a client may say. */
export type ClientInput =
  | ClientFrame
  | { readonly type: 'HELP' }
  | { readonly type: 'UNKNOWN_COMMAND'; readonly command: string }
  /** An empty line where nothing is asked, or many of telnet's commands: it means nothing, and costs what a message costs. */
  | { readonly type: 'NOTHING' }
  | { readonly type: 'UNREADABLE'; readonly code: 'line-too-long' | 'bad-utf8' };

/** What a server may say; HELP is a few lines that only a person at the text door needs. */
export type ServerSaying = ServerFrame | { readonly type: 'HELP' };
