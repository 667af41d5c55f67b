/*
 * What the system's complaints come to, without a socket: who is told that nobody can be reached, and who that a
 * datagram was too large.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Complaints } from '../../../../transports/udp/driver/complaints.js';
import type { ConnectionMachine } from '../../../../transports/udp/engine/connection.js';

const test = suite('udp: complaints');

/** A socket's complaints, and what its one connection that is open and its one that dials are told of them. */
function make() {
  const told: string[] = [];
  const machine = (state: 'open' | 'dialling') =>
    ({
      ...{ state, address: `${state}|1` },
      handleUnreachable: () => told.push(`${state} unreachable`),
      handleTooLarge: (bytes: number, now: number) => told.push(`${state} ${bytes} bytes at ${now}`),
    }) as unknown as ConnectionMachine;
  const machines = [machine('open'), machine('dialling')];
  const complaints = new Complaints();
  const complain = (code: string, datagram?: { readonly to: string; readonly bytes: number }) =>
    complaints.take(Object.assign(new Error(code), { code }), machines, 5, datagram);
  return { told, complaints, complain };
}

test('refused: who dials is told at once, an open connection at the third in a row', () => {
  const { told, complain } = make();
  for (const _ of [1, 2]) complain('ECONNREFUSED');
  assert.equal(told, ['dialling unreachable', 'dialling unreachable']);
  complain('ECONNREFUSED');
  assert.equal(told.slice(2), ['open unreachable', 'dialling unreachable']);
});

test('refused: whatever is heard between begins the count anew', () => {
  const { told, complaints, complain } = make();
  for (const _ of [1, 2, 3, 4]) {
    complain('ECONNREFUSED');
    complaints.heard();
  }
  assert.not(told.includes('open unreachable'));
});

test('unreachable: an open connection waits, however often', () => {
  const { told, complaints, complain } = make();
  for (const _ of [1, 2, 3, 4]) complain('ENETUNREACH');
  assert.equal([...new Set(told)], ['dialling unreachable']);
  assert.is(complaints.last?.kind, 'unreachable');
});

test('too large: told to those whose datagram it was, or to all if it is not known', () => {
  const { told, complain } = make();
  complain('EMSGSIZE', { to: 'open|1', bytes: 1452 });
  complain('EMSGSIZE');
  assert.equal(told, ['open 1452 bytes at 5', 'open 0 bytes at 5', 'dialling 0 bytes at 5']);
});

test('a full buffer is nobody’s affair; only a broken socket is broken', () => {
  const { told, complain } = make();
  const broken = ['ECONNREFUSED', 'ENETUNREACH', 'EMSGSIZE', 'ENOBUFS', 'EBADF'].map((code) => complain(code));
  assert.equal(broken, [false, false, false, false, true]);
  told.length = 0;
  complain('ENOBUFS');
  complain('EBADF');
  assert.equal(told, []);
});

test.run();
