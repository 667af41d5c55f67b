/*
 * A whole chat on a machine in virtual time: it is right, it is the same each time, and it takes no time.
 */
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatServer } from '../../../lib/index.js';
import { NO_FAULTS } from '../../../transports/link/index.js';
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

test.run();
