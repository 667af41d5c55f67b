/*
 * What users of a client see: its state, and what comes in, as plain data.
 */

import type { TransportError } from '../transport-error.js';
import type { FrameOf, Question, RejectionCode } from '../wire/frames.js';
import type { ChatError } from './chat-error.js';

/** A question of the server's. */
export interface Prompt {
  readonly id: number;
  readonly question: Question;
  /** As a person reads it. */
  readonly text: string;
  /** The answers to choose from, by number from 1; empty if it is no choice. */
  readonly options: readonly string[];
}

/** An answer or a message that was refused. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly question: FrameOf<'REJECTED'>['question'];
  readonly text: string;
}

/** A message of another member. */
export interface Message {
  /** Its number in the group. */
  readonly sequence: number;
  /** When the server took it. */
  readonly time: Date;
  readonly sender: string;
  readonly text: string;
}

/** A message of one's own that the group's log has. */
export interface Accepted {
  /** Its number in the group. */
  readonly sequence: number;
  readonly text: string;
}

/** Somebody came or went: joined, left for good, lost the connection, or is back. */
export type Presence = FrameOf<'PRESENCE'>['changes'][number];

/** One of a group's members. */
export interface Member {
  readonly name: string;
  /** Its connection is lost, and its seat is kept for a while. */
  readonly isAway: boolean;
}

/** A seat in a group. */
export interface Membership {
  readonly group: string;
  readonly name: string;
  /** How many members there were, this one included. */
  readonly members: number;
  /** `whole`: back after a lost connection, nothing missed. `gap`: back, but older messages are no longer kept. */
  readonly resumed: 'no' | 'whole' | 'gap';
}

/** The connection is lost, and will be dialled again. */
export interface Reconnecting {
  readonly name: 'reconnecting';
  /** The tries since it was lost, from 1. */
  readonly attempt: number;
  /** Until the next one, in ms. */
  readonly delayMs: number;
  /** Why it is lost, or why the last try failed, as a sentence. */
  readonly reason: string;
  /** It was no fault: the server said that it shuts down. */
  readonly wasShutDown: boolean;
}

/** Where a client stands. */
export type ClientState =
  | { readonly name: 'connecting' }
  | { readonly name: 'asked'; readonly prompt: Prompt }
  | { readonly name: 'chatting'; readonly membership: Membership }
  | Reconnecting
  /** The end. No error: it ended as it was asked to. */
  | { readonly name: 'closed'; readonly text: string; readonly error?: ChatError | TransportError };
