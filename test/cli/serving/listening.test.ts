/* What is said of an address: how to join there, and who can reach it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isBeyondLoopback, joinHint } from '../../../cli/serving/listening.js';

test('how to join, as a command to copy', () => {
  assert.is(joinHint('tcp://127.0.0.1:4000'), 'npx chatwire chat tcp://127.0.0.1:4000');
  assert.is(joinHint('tcp://0.0.0.0:4000'), 'npx chatwire chat tcp://127.0.0.1:4000');
  assert.is(joinHint('tcp://[::]:4000'), 'npx chatwire chat tcp://[::1]:4000');
  assert.is(joinHint('unix:/tmp/chat.sock'), 'npx chatwire chat unix:/tmp/chat.sock');
  assert.is(joinHint('text+tcp://127.0.0.1:4001'), 'nc 127.0.0.1 4001');
  assert.is(joinHint('text+tcp://[::1]:4001'), 'nc ::1 4001');
  assert.is(joinHint('text+unix:/tmp/chat.sock'), 'nc -U /tmp/chat.sock');
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
