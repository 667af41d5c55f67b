/*
 * What becomes of a client's dialling: given up when the client leaves, gone on with while a full server still keeps the seat,
 * and never begun in vain without a sentence.
 */
import { filter, firstValueFrom } from 'rxjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatServer, type ClientState, type Connection, type Transport, TransportError } from '../../../lib/index.js';
import { node } from '../../../transports/node.js';
import { chatHost } from './chat-host.js';

const PASSWORD = '1234';
const ADDRESS = 'memory:lobby';
const test = suite('ChatClient: dialling');

function reached<N extends ClientState['name']>(client: ChatClient, name: N): Promise<Extract<ClientState, { name: N }>> {
  return firstValueFrom(client.state$.pipe(filter((state): state is Extract<ClientState, { name: N }> => state.name === name)));
}

/** Dials as another does, once each dial is let through; `dials` are those that were begun. */
function gated(inner: Transport) {
  const dials: { letThrough(): void; isGivenUp: boolean }[] = [];
  const connections: Connection[] = [];
  let begun: (() => void) | undefined;
  const transport: Transport = {
    scheme: inner.scheme,
    reset: inner.reset,
    async dial(address, options) {
      await new Promise<void>((resolve, reject) => {
        const dial = { letThrough: resolve, isGivenUp: false };
        dials.push(dial);
        begun?.();
        options?.signal?.addEventListener('abort', () => {
          dial.isGivenUp = true;
          reject(new TransportError('aborted', 'The dialling was given up.'));
        });
      });
      const connection = await inner.dial(address, options);
      connections.push(connection);
      return connection;
    },
  };
  return {
    transport,
    dials,
    connections,
    /** Resolves when the nth dial has begun, from 0. */
    async dial(index: number) {
      while (dials.length <= index) await new Promise<void>((resolve) => (begun = resolve));
      return dials[index] as (typeof dials)[number];
    },
  };
}

async function house(maxConnections: number) {
  const host = chatHost();
  const server = new ChatServer(host, { maxConnections, retryAfterMs: 0 });
  await server.listen(ADDRESS);
  const gate = gated(host.transports[0] as Transport);
  const options = { reconnect: { firstDelayMs: 1, maxDelayMs: 1 } };
  return { host, server, gate, options, dialler: { ...host, transports: [gate.transport] } };
}

test('exit() gives up the first dialling', async () => {
  const { server, gate, dialler } = await house(9);
  const bar = new ChatClient(dialler, ADDRESS);
  const dial = await gate.dial(0);
  await bar.exit();
  assert.ok(dial.isGivenUp);
  assert.is((bar.state as { error?: Error }).error, undefined);
  await server.close();
});

test('exit() gives up dialling again', async () => {
  const { server, gate, dialler, options } = await house(9);
  const bar = new ChatClient(dialler, ADDRESS, options);
  (await gate.dial(0)).letThrough();
  await reached(bar, 'asked');
  gate.connections[0]?.abort();
  const again = await gate.dial(1);
  await bar.exit();
  assert.ok(again.isGivenUp);
  await server.close();
});

test('the signal of its owner gives up the first dialling, too', async () => {
  const { server, gate, dialler } = await house(9);
  const owner = new AbortController();
  const bar = new ChatClient(dialler, ADDRESS, { signal: owner.signal });
  const dial = await gate.dial(0);
  owner.abort();
  assert.is((await reached(bar, 'closed')).error?.code, 'aborted');
  assert.ok(dial.isGivenUp);
  await server.close();
});

test('a full server that keeps the seat is tried again; one that knows nobody is not', async () => {
  const { host, server, gate, dialler, options } = await house(2);
  const ann = new ChatClient(host, ADDRESS);
  const { group } = await ann.create({ name: 'Ann', password: PASSWORD });
  const bar = new ChatClient(dialler, ADDRESS, options);
  (await gate.dial(0)).letThrough();
  await bar.join({ name: 'Bar', group, password: PASSWORD });

  const lost = firstValueFrom(ann.presence$.pipe(filter(({ what }) => what === 'lost')));
  gate.connections[0]?.abort();
  await lost;
  const said = bar.say('are you still there?');
  const cuckoo = new ChatClient(host, ADDRESS);
  await reached(cuckoo, 'asked');
  assert.is((await reached(new ChatClient(host, ADDRESS), 'closed')).error?.code, 'server-full');

  (await gate.dial(1)).letThrough();
  const third = await Promise.race([gate.dial(2), reached(bar, 'closed')]);
  assert.ok('letThrough' in third, 'it has given up');
  const { state } = bar;
  assert.match(state.name === 'reconnecting' ? state.reason : '', /server is full/);
  assert.is(state.name === 'reconnecting' && state.wasShutDown, false);

  const left = firstValueFrom(server.events$.pipe(filter(({ type }) => type === 'closed')));
  await Promise.all([cuckoo.exit(), left]);
  third.letThrough();
  assert.is((await reached(bar, 'chatting')).membership.resumed, 'whole');
  assert.is(await said, 1);
  await Promise.all([ann.exit(), bar.exit()]);
  await server.close();
});

test('an address that is no URL is thrown; what the transport cannot read comes as the end, in a sentence', async () => {
  assert.throws(
    () => new ChatClient(node, '127.0.0.1'),
    (error: unknown) => error instanceof TransportError && error.code === 'unsupported',
  );
  for (const address of ['tcp://127.0.0.1', 'tcp://127.0.0.1:99999']) {
    const { error } = await reached(new ChatClient(node, address), 'closed');
    assert.is(error?.code, 'unsupported', address);
  }
});

test.run();
