/*
 * A broken connection loses nothing and doubles nothing: it is broken at every single frame, as a reset and
 * as a bare end, and each time both members end up with the same chat.
 */
import { filter, firstValueFrom } from 'rxjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatError, ChatServer, type Membership, type ServerEvent } from '../../../lib/index.js';
import { chatHost } from './chat-host.js';
import { type Break, cuttingTransport } from './cutting-transport.js';

const SECRET = { password: '1234' };

/** One chat between Alice, whose line holds, and Bob, whose line breaks after so many frames. */
async function chat(frames: number, how: Break) {
  const host = chatHost();
  const server = new ChatServer(host);
  const address = await server.listen('memory:lobby');
  const events: ServerEvent[] = [];
  server.events$.subscribe((event) => events.push(event));
  const alice = new ChatClient(host, address);
  const { group } = await alice.create({ name: 'Alice', ...SECRET });
  const cutting = cuttingTransport(host.transports[0] as never, frames, how);
  const bob = new ChatClient({ ...host, transports: [cutting] }, address, { reconnect: { firstDelayMs: 1 } });
  const heard = { alice: [] as string[], bob: [] as string[] };
  alice.messages$.subscribe(({ text }) => heard.alice.push(text));
  bob.messages$.subscribe(({ text }) => heard.bob.push(text));
  await joinInSpiteOfAll(bob, group);
  const order: [number, string][] = [];
  const say = async (who: ChatClient, text: string) => order.push([await who.say(text), text]);
  for (let round = 1; round <= 3; round++) {
    await Promise.all([say(alice, `a${round}`), say(bob, `b${round}`), say(bob, `b${round}'`)]);
  }
  await say(alice, 'the end');
  if (heard.bob.at(-1) !== 'the end') await firstValueFrom(bob.messages$.pipe(filter(({ text }) => text === 'the end')));
  await Promise.all([alice.exit(), bob.exit()]);
  await server.close({ graceMs: 100 });
  order.sort(([a], [b]) => a - b);
  return { wasCut: cutting.wasCut, heard, order: order.map(([, text]) => text), events };
}

async function joinInSpiteOfAll(client: ChatClient, group: string): Promise<Membership> {
  for (;;) {
    try {
      return await client.join({ name: 'Bob', group, ...SECRET });
    } catch (error) {
      if (!(error instanceof ChatError) || error.code !== 'connection-lost') throw error;
    }
  }
}

for (const how of ['reset', 'end'] as const) {
  const resume = suite(`broken at every frame (${how})`);

  resume('nothing is lost, nothing is told twice', async () => {
    let frames = 1;
    for (; ; frames++) {
      const { wasCut, heard, order } = await chat(frames, how);
      if (!wasCut) break;
      assert.equal(
        heard.alice,
        order.filter((text) => text.startsWith('b')),
        `Alice, broken at frame ${frames}`,
      );
      assert.equal(
        heard.bob,
        order.filter((text) => !text.startsWith('b')),
        `Bob, broken at frame ${frames}`,
      );
      assert.is(order.length, 10, `broken at frame ${frames}`);
    }
    assert.ok(frames > 20, `only ${frames} frames passed: the chat is not what it should be`);
  });

  resume.run();
}
