/*
 * Listening and closing, over real TCP: everybody hears BYE and what was said before it, nobody is waited for
 * longer than the grace, and what cannot be listened at is a typed error.
 */
import { createServer } from 'node:net';
import { lastValueFrom } from 'rxjs';
import { toArray } from 'rxjs/operators';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatServer } from '../../lib/server/chat-server.js';
import type { Transport } from '../../lib/transport.js';
import { TransportError } from '../../lib/transport-error.js';
import { node } from '../../transports/node.js';
import { tcp } from '../../transports/tcp/index.js';
import { House, quickPasswords } from './house.js';
import { joining, RawClient, say } from './raw-client.js';

const test = suite('server over TCP: listening and closing');

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.instance(error, TransportError);
  return (error as TransportError).code;
}

test('close: what was said is told, BYE with advice, the end; then nobody listens', async () => {
  const house = await House.open();
  const [ann, bob] = house.clients as [RawClient, RawClient];
  const tess = await house.enter({ text: true });
  const half = await house.enter();
  await half.next('PROMPT');
  await tess.until(() => tess.text !== '', 'the menu');
  ann.send(say(1, 'last words'));
  await house.event('said');
  await house.server.close();
  for (const client of [ann, bob, half]) {
    const { code, retryAfterMs } = await client.next('BYE');
    assert.equal([code, retryAfterMs > 0], ['shutting-down', true]);
  }
  assert.is((await bob.next('MESSAGE')).text, 'last words');
  assert.is(await tess.closed, 'in order');
  assert.ok(tess.text.endsWith('The server is shutting down. Goodbye.\n'));
  const refused = await RawClient.to(house.address).catch((error: NodeJS.ErrnoException) => error.code);
  assert.is(refused, 'ECONNREFUSED');
});

test('close waits for the slow, but no longer than the grace', async () => {
  const house = await House.open();
  const stubborn = await house.enter({ lingers: true });
  await stubborn.next('PROMPT');
  const closing = house.server.close({ graceMs: 500 });
  assert.is((await stubborn.next('BYE')).code, 'shutting-down');
  house.passes(500);
  await closing;
  stubborn.socket.write('anybody there?'); // its own half was open; now it learns of the reset
  assert.match(await stubborn.closed, /ECONNRESET|EPIPE/);
  assert.is(house.events.filter(({ type }) => type === 'closed').length, 3);
});

test('close twice is one close; the streams complete; nothing is listened at any more', async () => {
  const server = new ChatServer(node);
  const events = lastValueFrom(server.events$.pipe(toArray()));
  const sessions = lastValueFrom(server.sessions$.pipe(toArray()));
  const address = await server.listen('tcp://127.0.0.1:0');
  const client = await RawClient.to(address);
  await client.next('PROMPT');
  assert.is(server.close(), server.close());
  await server.close();
  assert.equal(
    (await events).map(({ type }) => type),
    ['connected', 'closed'],
  );
  assert.equal(
    (await sessions).map(({ state }) => state),
    ['closed'],
  );
  assert.is(await codeOf(server.listen('tcp://127.0.0.1:0')), 'closed');
});

test('close while a listen is on its way leaves nothing open', async () => {
  const server = new ChatServer(node);
  const listening = codeOf(server.listen('tcp://127.0.0.1:0'));
  await server.close();
  assert.is(await listening, 'closed');
});

test('close while a password is checked', async () => {
  const house = await House.open();
  const vic = await house.enter();
  vic.send(...joining('Vic', house.group));
  await house.event('connected', () => true, 3);
  await house.server.close();
  await vic.closed;
  assert.is((await vic.next('BYE')).code, 'shutting-down');
});

test('a port in use, an unknown scheme, a bad address: typed errors, and the rest goes on; the addresses are those that listen() told', async () => {
  const house = await House.open();
  const { server, address } = house;
  assert.is(await codeOf(server.listen(address)), 'address-in-use');
  assert.is(await codeOf(new ChatServer(node).listen(address)), 'address-in-use');
  assert.is(await codeOf(server.listen('pigeon://127.0.0.1:1')), 'unsupported');
  assert.is(await codeOf(server.listen('tcp://127.0.0.1:99999')), 'unsupported');
  assert.is(await codeOf(server.listen('tcp://192.0.2.1:4000')), 'unreachable'); // TEST-NET, never ours
  await house.stillServes();
  assert.equal(server.addresses, [address, house.textAddress]);
  await house.close();
  assert.equal(server.addresses, []);
});

test('a port that another program holds', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const server = new ChatServer(node);
  assert.is(await codeOf(server.listen(`tcp://127.0.0.1:${port}`)), 'address-in-use');
  await server.close();
  await new Promise((resolve) => other.close(resolve));
});

test('1,024 may wait to be accepted, or as many as the option says', async () => {
  const asked: (number | undefined)[] = [];
  const transport: Transport = {
    ...tcp,
    listen: (address, options) => {
      asked.push(options?.backlog);
      return tcp.listen!(address, options);
    },
  };
  for (const options of [{}, { backlog: 7 }]) {
    const server = new ChatServer({ ...node, transports: [transport] }, options);
    await server.listen('tcp://127.0.0.1:0');
    await server.close();
  }
  assert.equal(asked, [1024, 7]);
});

test('two servers in one process do not know each other', async () => {
  const passwords = quickPasswords();
  const [one, two] = [new ChatServer({ ...node, passwords }), new ChatServer({ ...node, passwords })];
  const ann = await RawClient.to(await one.listen('tcp://127.0.0.1:0'));
  const bob = await RawClient.to(await two.listen('tcp://127.0.0.1:0'));
  bob.send(...joining('Bob', await ann.create('Ann')));
  assert.is((await bob.next('REJECTED')).code, 'wrong-credentials');
  await one.close();
  await bob.next('PROMPT', 5);
  await two.close();
});

test.run();
