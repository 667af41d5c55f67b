/*
 * A whole join or create in one go: the answers to the questions that the server will ask, sent ahead once it is at
 * the menu.
 */
import type { Question } from '../wire/frames.js';
import type { Membership } from './client-state.js';
import type { Waiting } from './waiting.js';

/** An answer, and to which question. */
export interface Answer {
  readonly question: Question;
  readonly value: string;
}

/** A join or create under way. */
export interface Dialogue extends Waiting<Membership> {
  readonly answers: readonly Answer[];
  /** Whether the answers are on their way. */
  sent: boolean;
}

/** The answers that connect to a group. */
export function toJoin({ name, group, password }: { readonly name: string; readonly group: string; readonly password: string }): Answer[] {
  return [answer('menu', '1'), answer('name', name), answer('group', group), answer('password', password)];
}

/** The answers that create one. */
export function toCreate({ name, password }: { readonly name: string; readonly password: string }): Answer[] {
  return [answer('menu', '2'), answer('name', name), answer('password', password)];
}

function answer(question: Question, value: string): Answer {
  return { question, value };
}
