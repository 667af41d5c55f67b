/*
 * A ServerSession as tests speak with it: steps that a client or the server takes, and what comes of them in
 * a few words, such as `PROMPT 2 name`, `verify 8888 1234`, `BYE exit`.
 */
import { ServerSession } from '../../../lib/session/server-session.js';
import type { SessionAnswer, SessionOutput } from '../../../lib/session/session-requests.js';
import { type ByeCode, type FrameOf, MAGIC, PROTOCOL_VERSION, type Question } from '../../../lib/wire/frames.js';
import type { ClientInput, ServerSaying } from '../../../lib/wire/saying.js';

/** A step that somebody takes. */
export type Step = (session: ServerSession) => SessionOutput[];

/** Steps, each with what is to come of it. */
export type Script = readonly (readonly [step: Step, ...expected: string[]])[];

/** A way through the dialogue. */
export interface Case {
  readonly name: string;
  /** Whether the client speaks frames and says HELLO first. */
  readonly framed?: boolean;
  readonly script: Script;
}

export const start: Step = (session) => session.start();
export const input =
  (said: ClientInput): Step =>
  (session) =>
    session.receive(said);
/** Answers whatever is asked. */
export const line =
  (value: string): Step =>
  (session) => {
    if (!session.asked) throw new Error(`nothing is asked in "${session.state}"`);
    return session.receive({ type: 'ANSWER', ...session.asked, value });
  };
/** Answers a certain question, asked or not. */
export const answer = (id: number, question: Question, value: string): Step => input({ type: 'ANSWER', id, question, value });
export const settle =
  (found: SessionAnswer): Step =>
  (session) =>
    session.settle(found);
export const close =
  (code: ByeCode, text?: string, retryAfterMs?: number): Step =>
  (session) =>
    session.close(code, text, retryAfterMs);

export const hello = (changes: Partial<FrameOf<'HELLO'>> = {}): ClientInput => ({
  ...{ type: 'HELLO', magic: MAGIC, version: PROTOCOL_VERSION, token: new Uint8Array(0), lastSequence: 0 },
  ...changes,
});
export const joinedFrame = (group: string, name: string, resumed: FrameOf<'JOINED'>['resumed'] = 'no'): FrameOf<'JOINED'> => ({
  ...{ type: 'JOINED', group, name, members: 1, nextSequence: 1, token: new Uint8Array(0), resumed },
});
export const joined = (group: string, name: string): Step => settle({ type: 'joined', frame: joinedFrame(group, name) });
export const verified = settle({ type: 'verified' });
export const wrong = settle({ type: 'refused', code: 'wrong-credentials', counts: true });
export const busy = settle({ type: 'refused', code: 'try-later', text: 'The server is busy.', counts: false });

/** Plays a script; gives what came of every step. */
export function play(session: ServerSession, script: Script): string[][] {
  return script.map(([step]) => step(session).map(told));
}

/** A session, framed or not. */
export function newSession(framed = false, onTransition?: (transition: string) => void, maxWrongAnswers?: number): ServerSession {
  return new ServerSession({
    expectsHello: framed,
    ...(maxWrongAnswers !== undefined && { maxWrongAnswers }),
    onTransition: (from, event, to) => onTransition?.(`${from} --${event}--> ${to}`),
  });
}

/** An output in a few words. */
export function told(output: SessionOutput): string {
  switch (output.do) {
    case 'send':
      return toldSaying(output.saying);
    case 'verify':
      return `verify ${output.group} ${output.password}`;
    case 'create':
      return `create ${output.password}`;
    case 'enter':
      return `enter ${output.group} ${output.name}`;
    case 'resume':
      return `resume ${[...output.token]} after ${output.lastSequence}`;
    case 'say':
      return `say ${output.id} ${output.text}`;
    case 'end':
      return `end ${output.code}`;
    case 'who':
    case 'leave':
      return output.do;
  }
}

function toldSaying(saying: ServerSaying): string {
  switch (saying.type) {
    case 'PROMPT':
      return `PROMPT ${saying.id} ${saying.question}`;
    case 'REJECTED':
      return `REJECTED ${saying.code} ${saying.question} ${saying.id}`;
    case 'CREATED':
      return `CREATED ${saying.group}`;
    case 'JOINED':
      return `JOINED ${saying.group} ${saying.name}`;
    case 'BYE':
      return `BYE ${saying.code}`;
    case 'PONG':
      return `PONG ${saying.token}`;
    default:
      return saying.type;
  }
}
