/*
 * received$ as a connection makes it: one subscriber, who is waited for; one end, which the late ones hear, too.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TransportError } from '../../lib/transport.js';
import { Inflow } from '../../transports/inflow.js';

const test = suite('inflow');
const RESET = new TransportError('reset', 'The peer dropped the connection.', { by: 'remote' });

/** An inflow, and what is told of it in order: `wanted` is the connection's, the rest the subscribers'. */
function make() {
  const told: string[] = [];
  const inflow = new Inflow(() => told.push('wanted'));
  const subscribe = (who: string) =>
    inflow.bytes$.subscribe({
      next: (bytes) => told.push(`${who} ${bytes.join()}`),
      complete: () => told.push(`${who} complete`),
      error: (error: TransportError) => told.push(`${who} ${error.code}`),
    });
  return { inflow, told, subscribe };
}

test('nobody wants anything until a subscriber comes; the connection is told of it', () => {
  const { inflow, told, subscribe } = make();
  assert.not(inflow.isWanted);
  subscribe('ann');
  assert.ok(inflow.isWanted);
  inflow.next(Uint8Array.of(1, 2));
  assert.equal(told, ['wanted', 'ann 1,2']);
});

test('a second subscriber beside the first gets an error, and the first goes on', () => {
  const { inflow, told, subscribe } = make();
  subscribe('ann');
  subscribe('bob');
  inflow.next(Uint8Array.of(3));
  inflow.end();
  assert.equal(told, ['wanted', 'bob unsupported', 'ann 3', 'ann complete']);
});

test('one that left makes room for the next', () => {
  const { inflow, told, subscribe } = make();
  subscribe('ann').unsubscribe();
  assert.not(inflow.isWanted);
  subscribe('bob');
  inflow.next(Uint8Array.of(4));
  assert.equal(told, ['wanted', 'wanted', 'bob 4']);
});

test('after the end nobody is wanted, and who comes late hears the end', () => {
  const { inflow, told, subscribe } = make();
  subscribe('ann');
  inflow.end();
  assert.not(inflow.isWanted);
  subscribe('bob');
  assert.not(inflow.isWanted);
  assert.equal(told, ['wanted', 'ann complete', 'bob complete']);
});

test('an end that nobody heard is kept, a reset as an error', () => {
  const { inflow, told, subscribe } = make();
  inflow.end(RESET);
  subscribe('ann');
  subscribe('bob');
  assert.equal(told, ['ann reset', 'bob reset']);
});

test('a reset after the half-close reaches only those who come later', () => {
  const { inflow, told, subscribe } = make();
  subscribe('ann');
  inflow.end();
  inflow.end(RESET);
  subscribe('bob');
  assert.equal(told, ['wanted', 'ann complete', 'bob reset']);
});

test('a subscriber that leaves at a chunk hears no more of it', () => {
  const { inflow, told } = make();
  const subscription = inflow.bytes$.subscribe({
    next: () => subscription.unsubscribe(),
    complete: () => told.push('complete'),
  });
  inflow.next(Uint8Array.of(1));
  assert.not(inflow.isWanted);
  inflow.end();
  assert.equal(told, ['wanted']);
});

test.run();
