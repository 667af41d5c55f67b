/*
 * Why a session’s state machine takes a step: what the new state means, from the tables of lib/session.
 */
import { CLIENT_STATES } from '../../lib/session/client-states.js';
import { SERVER_STATES } from '../../lib/session/server-states.js';
import type { SessionEvent } from '../trace/trace.js';

/** The step in a few words. */
export function sessionWords({ from, event, to }: SessionEvent): string {
  return from === to ? `stays, on ${event}` : `from ${from}, on ${event}`;
}

/** What the new state means. */
export function whySession({ to }: SessionEvent, side: 'client' | 'server'): string {
  const states: Readonly<Record<string, { readonly doc: string }>> = side === 'server' ? SERVER_STATES : CLIENT_STATES;
  return Object.hasOwn(states, to) ? (states[to]?.doc ?? '') : 'A state that this version does not know.';
}
