/*
 * The client's side of one connection, as a table: which frames of the server's are right in which state,
 * and where they lead. What is not in the table is a mistake of the server's.
 */
import type { ServerFrame } from '../wire/frames.js';

/** The states of the client's session. */
export type ClientSessionState = keyof typeof CLIENT_STATES;

interface StateRow {
  /** What it means. */
  readonly doc: string;
  readonly on: Readonly<Partial<Record<ServerFrame['type'], string>>>;
}

export const CLIENT_STATES = {
  opening: {
    doc: 'HELLO was sent; the menu has not come yet.',
    on: { PROMPT: 'asked', PING: 'opening', PONG: 'opening', BYE: 'closed' },
  },
  asked: {
    doc: 'A question is open.',
    on: { PROMPT: 'asked', REJECTED: 'asked', CREATED: 'asked', JOINED: 'chatting', PING: 'asked', PONG: 'asked', BYE: 'closed' },
  },
  chatting: {
    doc: 'A member of a group.',
    on: {
      MESSAGE: 'chatting',
      PRESENCE: 'chatting',
      ACCEPTED: 'chatting',
      REJECTED: 'chatting',
      MEMBERS: 'chatting',
      PROMPT: 'asked',
      PING: 'chatting',
      PONG: 'chatting',
      BYE: 'closed',
    },
  },
  closed: {
    doc: 'The server said BYE.',
    on: {},
  },
} as const satisfies Record<string, StateRow>;

/** Where a frame of the server's leads, or nothing if it is wrong there. */
export function nextClientState(state: ClientSessionState, frame: ServerFrame['type']): ClientSessionState | undefined {
  return (CLIENT_STATES[state] as StateRow).on[frame] as ClientSessionState | undefined;
}
