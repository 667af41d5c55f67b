/*
 * The proxy for datagrams, beyond what goes through it (conformance.test.ts): what is seen of each datagram, faults by
 * name, clients that fall silent, a server that is not there.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { firstValueFrom } from 'rxjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { VirtualClock } from '../../../lib/index.js';
import { type Connection, parseHostPort, TransportError } from '../../../lib/transport.js';
import { type ProxyOptions, type RunningProxy, startProxy } from '../../../tracer/proxy/index.js';
import { NO_FAULTS, type Passing } from '../../../transports/link/index.js';
import { node } from '../../../transports/node.js';
import { udp } from '../../../transports/udp/index.js';
import { namesIn } from '../../../transports/udp/wire/decode.js';
import { observer, type SeenDatagram } from './observer.js';

const test = suite('proxy for datagrams');
const toClose: (() => unknown)[] = [];
test.after.each(async () => {
  for (const close of toClose.splice(0)) await close();
});

async function proxy(options: Omit<ProxyOptions, 'listen'>): Promise<RunningProxy> {
  const running = await startProxy({ listen: 'udp://127.0.0.1:0', ...options });
  toClose.push(() => running.close());
  return running;
}

/** A bare socket; `answering`: whatever comes goes back. */
async function socket({ answering = false } = {}): Promise<{ readonly socket: Socket; readonly address: string }> {
  const opened = createSocket('udp4');
  if (answering) opened.on('message', (datagram, { port }) => opened.send(datagram, port, '127.0.0.1'));
  opened.bind(0, '127.0.0.1');
  await once(opened, 'listening');
  toClose.push(() => opened.close());
  return { socket: opened, address: `udp://127.0.0.1:${opened.address().port}` };
}

/** A listener of the transport that echoes; the handshake goes through the proxy. */
async function echo(): Promise<string> {
  const listener = await (udp as Required<typeof udp>).listen('udp://127.0.0.1:0');
  const accepted: Connection[] = [];
  listener.connections$.subscribe((connection) => {
    accepted.push(connection);
    connection.received$.subscribe({ next: (chunk) => connection.send(chunk), error: () => {} });
  });
  toClose.push(async () => {
    for (const connection of accepted) connection.abort();
    await listener.close();
  });
  return listener.address;
}

const inShort = ({ direction, bytes, fate }: SeenDatagram): string => [direction, namesIn(bytes)[0], fate].filter(Boolean).join(' ');

test('each end shakes hands with the other, and both legs are seen', async () => {
  const seen = observer();
  const { address } = await proxy({ to: await echo(), observer: seen });
  const connection = await udp.dial(address);
  connection.send(Uint8Array.of(1, 2, 3));
  assert.equal([...(await firstValueFrom(connection.received$))], [1, 2, 3]);
  const near = seen.datagrams.filter(({ leg }) => leg === 'client');
  const far = seen.datagrams.filter(({ leg }) => leg === 'server');
  assert.equal(near.slice(0, 3).map(inShort), ['received SYN', 'sent COOKIE', 'received CONNECT']);
  assert.equal(far.slice(0, 3).map(inShort), ['sent SYN', 'received COOKIE', 'sent CONNECT']);
  assert.equal(near[0]?.bytes, far[0]?.bytes);
  connection.abort();
  await connection.closed;
});

test('a datagram that is dropped by name is seen as lost, and the transport gets over it', async () => {
  const seen = observer();
  const faults = {
    ...NO_FAULTS,
    drop: [
      { side: 'client', name: 'SYN', nth: 1 },
      { side: 'server', name: 'COOKIE', nth: 1 },
    ] as const,
  };
  const { address } = await proxy({ to: await echo(), faults, observer: seen });
  const connection = await udp.dial(address);
  const lost = seen.datagrams.filter(({ fate }) => fate === 'lost').map(inShort);
  assert.equal(lost, ['sent SYN lost', 'sent COOKIE lost']);
  connection.abort();
  await connection.closed;
});

test('doubled and spoiled datagrams are seen as what they are', async () => {
  const { address: to, socket: server } = await socket();
  for (const [fault, fate] of [
    [{ duplicate: 1 }, 'duplicated'],
    [{ corrupt: 1 }, 'corrupted'],
  ] as const) {
    const seen = observer();
    const { address } = await proxy({ to, faults: { ...NO_FAULTS, ...fault }, observer: seen });
    const { socket: client } = await socket();
    client.send('hello', parseHostPort(address).port, '127.0.0.1');
    await once(server, 'message');
    if (fate === 'duplicated') await once(server, 'message');
    assert.ok(
      seen.datagrams.some((one) => one.fate === fate && one.direction === 'sent'),
      fate,
    );
  }
});

test('a held packet has the time at which it was seen to come, however long the way to the server took to open', async () => {
  const { socket: client } = await socket();
  const { address: to } = await socket();
  let now = 0;
  const clock = { ...node.clock, now: () => (now += 100) };
  const came: number[] = [];
  const observer = {
    event: () => {},
    leg: () => ({ event: () => {} }),
    relay: () => ({ received: (_: unknown, __: unknown, at: number) => came.push(at), sent: () => {} }),
  };
  const held = new Promise<Passing>((resolve) => {
    void proxy({ to, observer, clock, hold: resolve }).then(({ address }) => client.send('one', parseHostPort(address).port, '127.0.0.1'));
  });
  assert.equal(came, [(await held).atMs]);
});

test('a client that falls silent is forgotten, and the bound holds', async () => {
  const clock = new VirtualClock();
  const told: string[] = [];
  const { address: to, socket: server } = await socket({ answering: true });
  const running = await proxy({ to, clock, idleMs: 1000, maxClients: 1, notice: (sentence) => told.push(sentence) });
  const { port } = parseHostPort(running.address);
  const [{ socket: first }, { socket: second }] = [await socket(), await socket()];
  first.send('a', port, '127.0.0.1');
  await once(first, 'message');
  assert.is(running.clients, 1);
  second.send('lost', port, '127.0.0.1');
  first.send('b', port, '127.0.0.1'); // after it, on the same socket of the proxy
  await once(first, 'message');
  assert.match(told[0] ?? '', /turned away: 1 clients go through already/);
  clock.advance(999);
  assert.is(running.clients, 1);
  clock.advance(1);
  assert.is(running.clients, 0);
  second.send('c', port, '127.0.0.1');
  const [datagram] = (await once(server, 'message')) as [Buffer];
  assert.is(String(datagram), 'c');
});

test('a server that is not there: the client is refused, a person is told, and the proxy goes on', async () => {
  const told: string[] = [];
  const { socket: gone, address: to } = await socket();
  gone.close();
  toClose.pop();
  const { address } = await proxy({ to, notice: (sentence) => told.push(sentence) });
  for (const _ of ['once', 'again']) {
    const error = await udp.dial(address).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.instance(error, TransportError);
    assert.is((error as TransportError).code, 'refused');
  }
  assert.match(told[0] ?? '', new RegExp(`cannot be served: Nobody listens at ${to}`));
});

test.run();
