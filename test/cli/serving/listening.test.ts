/* What is said of an address: how to join there, and who can reach it. */
import { networkInterfaces } from 'node:os';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isBeyondLoopback, joinHints } from '../../../cli/serving/listening.js';

/** This machine's IPv4 addresses on its networks. */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ family, internal }) => family === 'IPv4' && !internal)
  .map(({ address }) => address);

test('how to join, as commands to copy', () => {
  assert.equal(joinHints('tcp://127.0.0.1:4000'), ['npx chatwire chat tcp://127.0.0.1:4000']);
  assert.is(joinHints('tcp://[::]:4000')[0], 'npx chatwire chat tcp://[::1]:4000');
  assert.equal(joinHints('unix:/tmp/chat.sock'), ['npx chatwire chat unix:/tmp/chat.sock']);
  assert.equal(joinHints('text+tcp://127.0.0.1:4001'), ['nc 127.0.0.1 4001']);
  assert.equal(joinHints('text+tcp://[::1]:4001'), ['nc ::1 4001']);
  assert.equal(joinHints('text+unix:/tmp/chat.sock'), ['nc -U /tmp/chat.sock']);
  assert.equal(joinHints('text+udp://0.0.0.0:4001'), ['with a program of your own; nc does not speak UDP-with-ack (text+tcp: is for nc)']);
});

test('who listens everywhere is found on this machine first, then at each of its addresses', () => {
  const places = ['127.0.0.1', ...outside];
  assert.equal(
    joinHints('udp://0.0.0.0:4000'),
    places.map((host) => `npx chatwire chat udp://${host}:4000`),
  );
  assert.equal(
    joinHints('text+tcp://0.0.0.0:4001'),
    places.map((host) => `nc ${host} 4001`),
  );
});

test('who can reach an address', () => {
  for (const near of [
    'tcp://127.0.0.1:1',
    'text+tcp://127.1.2.3:1',
    'tcp://[::1]:1',
    'tcp://localhost:1',
    'unix:/tmp/s',
    'text+unix:/tmp/s',
  ]) {
    assert.not(isBeyondLoopback(near), near);
  }
  for (const far of ['tcp://0.0.0.0:1', 'text+tcp://192.0.2.1:1', 'tcp://[::]:1', 'tcp://[2001:db8::1]:1'])
    assert.ok(isBeyondLoopback(far), far);
});

test.run();
