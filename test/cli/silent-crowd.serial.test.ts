/*
 * Five thousand connections that say nothing, to `chatwire serve` with its default limits: each is asked the opening question,
 * none is kept past the time for a HELLO, and who talks meanwhile does not notice.
 */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient } from '../../lib/index.js';
import { FrameDecoder } from '../../lib/wire/index.js';
import { node } from '../../transports/node.js';
import { closePiped, Piped } from './piped.js';

/** As many for each address as the server allows, and a few addresses. */
const ADDRESSES = 5;
const PER_ADDRESS = 1000;
/** Fewer than the listen queue holds: who is left out of it waits for words that nobody says. */
const WAVE = 500;
/** Far more than a thousand connections an MiB would be a leak. */
const MOST_GROWTH_MIB = 200;

test.after.each(closePiped);

const residentMiB = (pid: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Somebody who says nothing. */
interface Silent {
  /** Something has come. */
  readonly asked: Promise<void>;
  /** The types of the frames that came, once the server has closed the connection. */
  readonly ended: Promise<readonly string[]>;
}

function silent(port: number, localAddress: string): Silent {
  const types: string[] = [];
  const decoder = new FrameDecoder('server');
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  const asked = once(socket, 'data').then(() => {});
  socket.on('data', (bytes) => {
    decoder.push(bytes);
    for (let frame = decoder.next(); frame; frame = decoder.next()) types.push(frame.type);
  });
  return { asked, ended: once(socket, 'close').then(() => types) };
}

test('five thousand say nothing: each is asked, none is kept, nobody else notices', async () => {
  const serve = new Piped(['serve', '-l', 'tcp://127.0.0.1:0']);
  const address = /tcp:\/\/127\.0\.0\.1:(\d+)/.exec(await serve.until('What happens:')) as RegExpExecArray;
  const members = [0, 1].map(() => new ChatClient(node, address[0], { reconnect: false })) as [ChatClient, ChatClient];
  const [ann, ben] = members;
  const { group } = await ann.create({ name: 'Ann', password: 'secret' });
  await ben.join({ name: 'Ben', group, password: 'secret' });
  const before = residentMiB(serve.program.pid as number);

  const crowd: Silent[] = [];
  async function come(): Promise<void> {
    while (crowd.length < ADDRESSES * PER_ADDRESS) {
      const wave = Array.from({ length: WAVE }, (_, i) => silent(Number(address[1]), `127.0.0.${2 + (i % ADDRESSES)}`));
      crowd.push(...wave);
      await Promise.all(wave.map(({ asked }) => asked));
    }
  }
  let isOver = false;
  const all = come()
    .then(() => Promise.all(crowd.map(({ ended }) => ended)))
    .finally(() => {
      isOver = true;
    });
  let said = 0;
  let most = before;
  while (!isOver) {
    const heard = firstValueFrom(ben.messages$);
    await ann.say(`${said}`);
    assert.is((await heard).text, `${said}`);
    said += 1;
    most = Math.max(most, residentMiB(serve.program.pid as number));
  }
  for (const types of await all) assert.equal(types, ['PROMPT', 'BYE']);
  assert.ok(said > 0);
  assert.ok(most - before < MOST_GROWTH_MIB, `the server grew by ${(most - before).toFixed(1)} MiB`);
  await Promise.all(members.map((member) => member.exit()));
});

test.run();
