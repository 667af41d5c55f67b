/*
 * The server's side of one connection, as a table: every state, what is asked in it, and where each event
 * leads. Nothing else knows the order of the dialogue; docs/protocol.md draws its diagram from here.
 * The habit (all states and transitions as data, in one file) comes from python-hyper/h11.
 *
 * A state asks a question, or waits for an answer of the server's own (password hash, group log), or
 * neither. While it waits, nothing of the client's is decoded. Events that every state knows stand in ALWAYS.
 */
import type { Question } from '../wire/frames.js';

/** The states of the server's session. */
export type ServerState = keyof typeof SERVER_STATES;

/** What moves the session from state to state. */
export type ServerSessionEvent =
  | 'hello' // HELLO without a token
  | 'hello with token' // HELLO that resumes
  | 'choice 1'
  | 'choice 2'
  | 'choice 3'
  | 'answer' // a good answer
  | 'rejected' // a bad one
  | 'verified' // the password is right
  | 'refused' // it is wrong, or the group is unknown, or the server cannot do it now
  | 'created' // the group exists
  | 'joined' // the name is in the group
  | 'name taken'
  | 'unknown session'
  | 'leave' // LEAVE: back to the menu
  | 'bye'; // BYE, either way: too many attempts, time is up, the protocol was broken, shutdown

interface StateRow {
  /** What it means. */
  readonly doc: string;
  /** The question that is open. */
  readonly asks?: Question;
  /** It waits for an answer from within the server. */
  readonly waits?: true;
  readonly on: Readonly<Partial<Record<ServerSessionEvent, string>>>;
}

export const SERVER_STATES = {
  greeting: {
    doc: 'The menu was sent; a framed client has to say HELLO first.',
    asks: 'menu',
    on: { hello: 'menu', 'hello with token': 'resuming' },
  },
  menu: {
    doc: 'The opening message: connect, create or exit.',
    asks: 'menu',
    on: { 'choice 1': 'joinName', 'choice 2': 'createName', 'choice 3': 'closing', rejected: 'menu', leave: 'menu' },
  },
  joinName: {
    doc: 'Option 1: who wants to connect?',
    asks: 'name',
    on: { answer: 'joinGroup', rejected: 'joinName', leave: 'menu' },
  },
  joinGroup: {
    doc: 'Option 1: to which group?',
    asks: 'group',
    on: { answer: 'joinPassword', rejected: 'joinGroup', leave: 'menu' },
  },
  joinPassword: {
    doc: 'Option 1: with which password?',
    asks: 'password',
    on: { answer: 'verifying', rejected: 'joinPassword', leave: 'menu' },
  },
  verifying: {
    doc: 'The password is hashed and compared; an unknown group takes as long.',
    waits: true,
    on: { verified: 'entering', refused: 'joinGroup' },
  },
  createName: {
    doc: 'Option 2: who creates the group?',
    asks: 'name',
    on: { answer: 'createPassword', rejected: 'createName', leave: 'menu' },
  },
  createPassword: {
    doc: 'Option 2: with which password?',
    asks: 'password',
    on: { answer: 'creating', rejected: 'createPassword', leave: 'menu' },
  },
  creating: {
    doc: 'The password is hashed, the log makes the group.',
    waits: true,
    on: { created: 'entering', refused: 'menu' },
  },
  entering: {
    doc: 'The name takes its seat in the group.',
    waits: true,
    on: { joined: 'chatting', 'name taken': 'rename', refused: 'joinGroup' },
  },
  rename: {
    doc: 'The password was right, the name is taken: another name?',
    asks: 'name',
    on: { answer: 'entering', rejected: 'rename', leave: 'menu' },
  },
  resuming: {
    doc: 'A lost member comes back with its token.',
    waits: true,
    on: { joined: 'chatting', 'unknown session': 'menu' },
  },
  chatting: {
    doc: 'A member of the group.',
    on: { leave: 'menu' },
  },
  closing: {
    doc: 'BYE was sent; what is queued goes out, then the connection ends.',
    on: {},
  },
} as const satisfies Record<string, StateRow>;

/** Events that lead to the same state from everywhere. */
export const ALWAYS = { bye: 'closing' } as const satisfies Partial<Record<ServerSessionEvent, ServerState>>;

/** A state's row, with the optional parts visible to the type checker. */
export function serverState(state: ServerState): StateRow {
  return SERVER_STATES[state];
}

/** Where an event leads, or nothing if the state does not know it. */
export function nextServerState(state: ServerState, event: ServerSessionEvent): ServerState | undefined {
  if (state !== 'closing' && event === 'bye') return ALWAYS.bye;
  return serverState(state).on[event] as ServerState | undefined;
}
