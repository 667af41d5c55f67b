/*
 * Members who do not read, below the mark above which their connections call themselves full: what waits for them all
 * is counted, too. Over memory, in virtual time.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Clock } from '../../lib/clock.js';
import { ChatClient, ChatServer } from '../../lib/index.js';
import { transportFor } from '../../lib/transport.js';
import { VirtualClock } from '../../lib/virtual-clock.js';
import { encodeFrame } from '../../lib/wire/encode.js';
import { node } from '../../transports/node.js';
import { chatHost } from '../lib/client/chat-host.js';
import { joining } from './raw-client.js';

test('many who each leave a little unread are cut off when it is too much in all', async () => {
  const time = new VirtualClock();
  const clock: Clock = {
    now: () => time.now(),
    setTimer: (delayMs, callback) => time.setTimer(delayMs, callback),
    afterTurn: (callback) => node.clock.afterTurn(callback),
  };
  const host = { ...chatHost(), clock };
  const server = new ChatServer(host, { maxTotalUnsentBytes: 100_000 });
  const cut: string[] = [];
  const joined = new Promise<void>((resolve) => {
    let members = 0;
    server.events$.subscribe((event) => {
      if (event.type === 'joined' && ++members === 21) resolve();
      if (event.type === 'closed') cut.push(event.reason);
    });
  });
  await server.listen('memory:crowd');
  const ann = new ChatClient(host, 'memory:crowd');
  const { group } = await ann.create({ name: 'Ann', password: 'secret' });
  for (let i = 0; i < 20; i++) {
    const deaf = await transportFor(host.transports, 'memory').dial('memory:crowd', { clock });
    for (const frame of joining(`Member ${i}`, group)) deaf.send(encodeFrame(frame));
  }
  await joined;
  for (let i = 0; i < 20; i++) await ann.say('x'.repeat(4_000)); // 64 KiB fit into each one's own end of its connection
  assert.equal(cut, []);
  time.advance(3_000);
  assert.ok(cut.length >= 10 && cut.length < 20, `${cut.length} were cut off`);
  assert.equal(new Set(cut), new Set(['slow-consumer']));
  await ann.exit();
  const closed = server.close({ graceMs: 0 });
  time.advance(0);
  await closed;
});

test.run();
