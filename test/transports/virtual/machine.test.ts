/*
 * A whole chat on a machine in virtual time: it is right, it is the same each time, and it takes no time.
 */
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatServer } from '../../../lib/index.js';
import { NO_FAULTS, type Passing } from '../../../transports/link/index.js';
import { namesIn } from '../../../transports/udp/wire/decode.js';
import { virtualMachine } from '../../../transports/virtual/index.js';

interface Run {
  readonly group: string;
  readonly text: string;
  readonly address: string;
  readonly tookMs: number;
}

async function chat(seed: number, loss: number, scheme = 'udp'): Promise<Run> {
  const { host, run } = virtualMachine({ seed, faults: { ...NO_FAULTS, seed, loss, delayMs: 25 } });
  const began = host.clock.now();
  return run(async () => {
    const server = new ChatServer(host);
    const address = await server.listen(scheme === 'udp' ? 'udp://127.0.0.1:0' : `memory:virtual-${seed}-${loss}`);
    const ada = new ChatClient(host, address);
    const { group } = await ada.create({ name: 'Ada', password: 'secret' });
    const bob = new ChatClient(host, address);
    await bob.join({ name: 'Bob', group, password: 'secret' });
    const heard = firstValueFrom(ada.messages$);
    await bob.say('Hello, Ada!');
    const { text } = await heard;
    await Promise.all([ada.exit(), bob.exit()]);
    await server.close();
    return { group, text, address, tookMs: host.clock.now() - began };
  });
}

test('people chat, and time passes only there', async () => {
  const { text, address, tookMs } = await chat(7, 0.2);
  assert.is(text, 'Hello, Ada!');
  assert.is(address, 'udp://127.0.0.1:4000');
  assert.ok(tookMs > 200, `${tookMs} ms for so many round trips of 50 ms`);
});

test('the same seed, the same run; another one, another', async () => {
  const [one, again, other] = [await chat(7, 0.2), await chat(7, 0.2), await chat(8, 0.2)];
  assert.equal(one, again);
  assert.not.equal(one, other);
});

test('over memory, too', async () => assert.is((await chat(3, 0, 'memory')).text, 'Hello, Ada!'));

test('nobody listens there', async () => {
  const { host, run } = virtualMachine();
  const error = await run(() => new ChatClient(host, 'udp://127.0.0.1:4999').join({ name: 'Ada', group: '1234', password: 'x' })).catch(
    (reason: unknown) => reason,
  );
  assert.match(String(error), 'Nobody listens at udp://127.0.0.1:4999');
});

test('a program that waits for nothing is told so', async () => {
  const error = await virtualMachine()
    .run(() => new Promise(() => {}))
    .catch((reason: unknown) => reason);
  assert.match(String(error), 'Nothing can happen any more');
});

test('a place is taken once', async () => {
  const { host, run } = virtualMachine();
  await run(async () => {
    const [one, other] = [new ChatServer(host), new ChatServer(host)];
    await one.listen('udp://127.0.0.1:4100');
    const error = await other.listen('udp://127.0.0.1:4100').catch((reason: unknown) => reason);
    assert.is((error as { code?: string }).code, 'address-in-use');
    await one.close();
  });
});

/** A keeper that holds each packet until the program that runs outside of virtual time decides. */
function keeper(decide: (packet: Passing) => void) {
  const held: Passing[] = [];
  const fates: (string | undefined)[] = [];
  return {
    fates,
    hold: (packet: Passing) => void held.push(packet),
    get holds() {
      return held.length > 0;
    },
    async released() {
      await new Promise((resolve) => setImmediate(resolve));
      for (const packet of held.splice(0)) decide(packet);
    },
    entered: (_: Uint8Array, fate: { readonly fate?: string | undefined } | undefined) => void fates.push(fate?.fate),
  };
}

test('somebody holds each packet: what is killed is lost, what is copied comes twice, and no time passes meanwhile', async () => {
  const names: string[] = [];
  const times = new Set<number>();
  const linkCounts = { sent: 0, lost: 0 };
  const hands = keeper((packet) => {
    times.add(packet.atMs - host.clock.now());
    names.push(`${packet.from} ${namesIn(packet.datagram)[0]}`);
    if (names.length === 1) packet.drop();
    else if (names.length === 3) packet.twice();
    else packet.pass();
  });
  const { host, run } = virtualMachine({ keeper: hands, faults: NO_FAULTS, linkCounts });
  const began = host.clock.now();
  const heard = await run(async () => {
    const server = new ChatServer(host);
    const ada = new ChatClient(host, await server.listen('udp://127.0.0.1:0'));
    const { group } = await ada.create({ name: 'Ada', password: 'secret' });
    await ada.exit();
    await server.close();
    return group;
  });
  assert.match(heard, /^\d{4}$/);
  assert.equal(names.slice(0, 4), ['client SYN', 'client SYN', 'server COOKIE', 'client CONNECT']);
  assert.equal(hands.fates.slice(0, 4), ['lost', undefined, 'duplicated', undefined]);
  assert.equal([...times], [0]);
  assert.equal(linkCounts, { sent: names.length, lost: 1 });
  assert.ok(host.clock.now() - began > 250, 'the SYN was sent again by its timer');
});

test.run();
