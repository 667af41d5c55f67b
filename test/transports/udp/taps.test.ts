/*
 * Taps of the UDP transport: datagrams as they are, whose they are, what the link did to them, and why a segment goes
 * again. Dials that share a socket see their own datagrams and no others.
 */
import { firstValueFrom } from 'rxjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DatagramTapEvent, Tap } from '../../../lib/trace.js';
import { NO_FAULTS } from '../../../transports/link/index.js';
import { ARQ } from '../../../transports/udp/engine/arq/index.js';
import { udpTransport } from '../../../transports/udp/index.js';
import { namesIn } from '../../../transports/udp/wire/decode.js';
import type { ArqName } from '../../../transports/udp/wire/packets.js';
import { virtualMachine } from '../../../transports/virtual/index.js';

const test = suite('udp taps');

function spy(): Tap & { readonly seen: DatagramTapEvent[] } {
  const seen: DatagramTapEvent[] = [];
  return { seen, event: (event) => void (event.layer === 'datagram' && seen.push(event)) };
}

const names = (events: readonly DatagramTapEvent[]): string[] =>
  events.map(({ direction, bytes }) => `${direction} ${namesIn(bytes)[0] ?? ''}`);

test('a listener sees the handshake from its first packet, each dial its own datagrams', async () => {
  const transport = udpTransport();
  const [atListener, one, other] = [spy(), spy(), spy()];
  const listener = await transport.listen?.('udp://127.0.0.1:0', { tap: atListener });
  assert.ok(listener);
  const accepted = firstValueFrom(listener.connections$);
  const dialled = await transport.dial(listener.address, { tap: one });
  const peer = await accepted;
  const others = firstValueFrom(listener.connections$);
  const second = await transport.dial(listener.address, { tap: other });
  const third = await transport.dial(listener.address); // nobody watches this one
  await others;
  assert.equal(names(one.seen).slice(0, 3), ['sent SYN', 'received COOKIE', 'sent CONNECT']);
  assert.equal(names(atListener.seen).slice(0, 3), ['received SYN', 'sent COOKIE', 'received CONNECT']);
  assert.equal(
    atListener.seen.slice(0, 3).map(({ connection }) => connection),
    [undefined, undefined, peer.id],
  );
  for (const [tap, { id, local }] of [
    [one, dialled],
    [other, second],
  ] as const) {
    assert.equal([...new Set(tap.seen.map(({ connection }) => connection))], [id]);
    assert.equal([...new Set(tap.seen.map((event) => event.local))], [local]);
    assert.equal([...new Set(tap.seen.map(({ remote }) => remote))], [listener.address]);
    assert.is(new Set(tap.seen.map(({ client }) => client)).size, 1);
  }
  assert.is.not(one.seen[0]?.client, other.seen[0]?.client);
  assert.is(atListener.seen.find(({ connection }) => connection === peer.id)?.client, one.seen[0]?.client);
  for (const connection of [dialled, second, third]) connection.abort();
  await listener.close();
});

for (const arq of Object.keys(ARQ) as ArqName[]) {
  test(`${arq}: a lost datagram is told as lost, and what goes again with its cause`, async () => {
    const [atListener, atDialler] = [spy(), spy()];
    const transport = udpTransport({ arq, link: { ...NO_FAULTS, drop: [{ side: 'client', name: 'DATA', nth: 1 }] } });
    const listener = await transport.listen?.('udp://127.0.0.1:0', { tap: atListener });
    assert.ok(listener);
    const accepted = firstValueFrom(listener.connections$);
    const dialled = await transport.dial(listener.address, { tap: atDialler });
    const peer = await accepted;
    const heard = firstValueFrom(peer.received$);
    dialled.send(Uint8Array.of(1, 2, 3));
    assert.equal([...(await heard)], [1, 2, 3]);
    const lost = atDialler.seen.filter(({ fate }) => fate === 'lost');
    assert.is(lost.length, 1);
    const again = atDialler.seen.flatMap((event) => event.again ?? []);
    assert.equal(again[0], { segment: 0, cause: arq === 'sack' ? 'probe' : 'timeout' });
    const arrived = atListener.seen
      .filter(({ direction }) => direction === 'received')
      .map(({ bytes }) => Buffer.from(bytes).toString('hex'));
    assert.not(arrived.includes(Buffer.from(lost[0]?.bytes ?? []).toString('hex')));
    dialled.abort();
    await listener.close();
  });
}

test('a spoiled datagram is told with what it has become, and at the other end it is no packet', async () => {
  const [atListener, atDialler] = [spy(), spy()];
  const clean = udpTransport();
  const listener = await clean.listen?.('udp://127.0.0.1:0', { tap: atListener });
  assert.ok(listener);
  const accepted = firstValueFrom(listener.connections$);
  const dialled = await udpTransport({ link: { ...NO_FAULTS, corrupt: 0.3, seed: 4 } }).dial(listener.address, { tap: atDialler });
  const peer = await accepted;
  const heard = firstValueFrom(peer.received$);
  dialled.send(Uint8Array.of(1));
  await heard;
  const spoiled = atDialler.seen.filter(({ fate }) => fate === 'corrupted');
  const malformed = atListener.seen.filter(({ fate }) => fate === 'malformed');
  const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
  const known = spoiled.map((event) => hex(event.spoiled));
  assert.ok(malformed.length > 0);
  for (const { bytes } of malformed) assert.ok(known.includes(hex(bytes)), 'what arrived is what the link has made of it');
  dialled.abort();
  await listener.close();
});

test('what comes late for a connection that is gone, and the answer to it, are seen by who watched it', async () => {
  let late = (): void => {};
  const machine = virtualMachine({
    before: (network) => ({
      ...network,
      async bound(place) {
        const socket = await network.bound(place);
        const send = socket.send.bind(socket) as (...parts: unknown[]) => void;
        return Object.assign(socket, {
          send(...parts: unknown[]) {
            if (namesIn(parts[0] as Uint8Array).includes('DATA')) late = () => send(...parts);
            send(...parts);
          },
        });
      },
    }),
  });
  const { clock, transports } = machine.host;
  const udp = transports.find(({ scheme }) => scheme === 'udp');
  await machine.run(async () => {
    const [one, other] = [spy(), spy()];
    const listener = await udp?.listen?.('udp://127.0.0.1:0', { clock });
    assert.ok(udp && listener);
    listener.connections$.subscribe((peer) => void peer.send(Uint8Array.of(1, 2, 3)));
    const second = await udp.dial(listener.address, { clock, tap: other });
    await firstValueFrom(second.received$);
    const dialled = await udp.dial(listener.address, { clock, tap: one });
    await firstValueFrom(dialled.received$);
    dialled.abort();
    await new Promise<void>((resolve) => clock.setTimer(10_000, resolve));
    const before = one.seen.length;
    late();
    await new Promise<void>((resolve) => clock.setTimer(1000, resolve));
    const after = one.seen.slice(before);
    assert.equal(names(after), ['received OPEN', 'sent RST']);
    for (const event of after) assert.equal([event.connection, event.client], [dialled.id, one.seen[0]?.client]);
    assert.equal([...new Set(other.seen.map(({ connection }) => connection))], [second.id], 'and by nobody else');
    second.abort();
    await listener.close();
  });
});

test.run();
