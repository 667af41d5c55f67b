/*
 * The server's table of states is sound in itself: no way leads nowhere, every state is on some way.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  nextServerState,
  SERVER_STATES,
  type ServerSessionEvent,
  type ServerState,
  serverState,
} from '../../../lib/session/server-states.js';

const STATES = Object.keys(SERVER_STATES) as ServerState[];
const eventsOf = (state: ServerState) => Object.keys(serverState(state).on) as ServerSessionEvent[];

test('every way leads to a state', () => {
  for (const state of STATES) for (const event of eventsOf(state)) assert.ok(STATES.includes(nextServerState(state, event) as ServerState));
});

test('every state can be reached from the two in which a session begins', () => {
  const reached = new Set<ServerState>(['greeting', 'menu']);
  for (const state of reached) {
    for (const event of [...eventsOf(state), 'bye'] as const) {
      const next = nextServerState(state, event);
      if (next) reached.add(next);
    }
  }
  assert.equal([...reached].sort(), [...STATES].sort());
});

test('bye leads to the end from everywhere, and nothing leads on from there', () => {
  for (const state of STATES) assert.is(nextServerState(state, 'bye'), state === 'closing' ? undefined : 'closing');
  assert.equal(eventsOf('closing'), []);
});

test('a state asks, or waits, or does neither; never both', () => {
  for (const state of STATES) assert.not(serverState(state).asks && serverState(state).waits, state);
});

test('every question can be refused and left; what waits cannot be left', () => {
  for (const state of STATES.filter((each) => each !== 'greeting')) {
    const { asks, waits } = serverState(state);
    if (asks) assert.ok(nextServerState(state, 'rejected') === state && nextServerState(state, 'leave') === 'menu', state);
    if (waits) assert.not(nextServerState(state, 'leave'), state);
  }
});

test('what a state does not know leads nowhere', () => {
  assert.is(nextServerState('menu', 'joined'), undefined);
  assert.is(nextServerState('chatting', 'answer'), undefined);
});

test('every state says what it means', () => {
  for (const state of STATES) assert.match(serverState(state).doc, /[.?]$/);
});

test.run();
