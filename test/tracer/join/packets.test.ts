/*
 * Steps of UDP-with-ack: which datagrams are one, what became of them, the handshake, and what is sent again.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tell } from '../../../tracer/join/index.js';
import type { ArrowStep } from '../../../tracer/join/story.js';
import type { DatagramEvent, Trace } from '../../../tracer/trace/trace.js';
import { ACK_NOW, REFUSED } from '../../../transports/udp/wire/packets.js';
import * as t from './traces.js';

const atServer = { local: t.SERVER_AT, remote: t.CLIENT_AT };
const arrows = (trace: Trace): ArrowStep[] => tell(trace).steps.filter((step): step is ArrowStep => step.kind === 'arrow');

/** A trace whose datagrams go both ways with few words: `up` and `down`, and what became of them. */
function udp(both = true) {
  const b = t.building();
  b.actor('client-1', 'client', 'Bar');
  b.actor('server-1', 'server', 'server');
  const client = { connection: 'u1' };
  const server = { ...atServer, connection: 'u2' };
  const go = (
    way: 'up' | 'down',
    us: number,
    bytes: Uint8Array,
    more: Partial<DatagramEvent> & { gone?: boolean; nameless?: boolean } = {},
  ) => {
    const { gone = more.fate === 'lost', nameless = false, ...sent } = more;
    const there = nameless ? atServer : server;
    if (way === 'up') {
      if (both) b.datagram(us, 'client-1', 'sent', bytes, { ...client, ...sent });
      if (!gone) b.datagram(us + 5, 'server-1', 'received', bytes, there);
    } else {
      b.datagram(us, 'server-1', 'sent', bytes, { ...there, ...sent });
      if (!gone && both) b.datagram(us + 5, 'client-1', 'received', bytes, client);
    }
  };
  return { b, go };
}

function shaken(both = true) {
  const run = udp(both);
  const { b, go } = run;
  if (both) b.state(1, 'client-1', 'u1', 'dialling', { remote: t.SERVER_AT });
  go('up', 10, t.syn(), { nameless: true });
  go('down', 20, t.cookie(), { nameless: true });
  go('up', 30, t.connect(1, [{ type: 'PING' }]), { nameless: true });
  b.state(35, 'server-1', 'u2', 'accepted', { local: t.SERVER_AT, remote: t.CLIENT_AT });
  go('down', 40, t.open(t.CLIENT_ID, 1, [t.ack(0, [[1, 1]])]));
  if (both) b.state(45, 'client-1', 'u1', 'open', { local: t.CLIENT_AT, remote: t.SERVER_AT });
  return run;
}

const bytes = t.bytesOf(t.say(1, 'hi'));

test('a CONNECT for a connection ID that no COOKIE has offered has a made-up cookie', () => {
  const { b, go } = udp(false);
  go('up', 10, t.syn(), { nameless: true });
  go('down', 20, t.cookie(), { nameless: true });
  go('up', 30, t.connect(1, [{ type: 'PING' }], { server: t.SERVER_ID + 1 }), { nameless: true });
  go('up', 40, t.connect(2, [{ type: 'PING' }]), { nameless: true });
  const [madeUp, real] = arrows(b.trace).filter(({ label }) => label === 'CONNECT');
  assert.match(madeUp?.words ?? '', /^a made-up cookie, for /);
  assert.match(madeUp?.why ?? '', /^No COOKIE has offered this connection ID/);
  assert.match(real?.words ?? '', /^the cookie, echoed; /);
});

test('where no COOKIE was seen, nobody can say that one is made up', () => {
  const { b, go } = udp(false);
  go('up', 30, t.connect(1, [{ type: 'PING' }]), { nameless: true });
  assert.match(arrows(b.trace)[0]?.words ?? '', /^the cookie, echoed/);
});

test('a probe of the datagram size says what it asks, and one that is lost is lost', () => {
  const { b, go } = shaken();
  const probe = (number: number) => t.open(t.SERVER_ID, number, [{ type: 'PING' }, { type: 'PADDING', zeros: new Uint8Array(1430) }]);
  go('up', 60, probe(2), { fate: 'lost' });
  go('up', 80, probe(3));
  const [lost, arrived] = arrows(b.trace).slice(-2);
  assert.equal([lost?.label, lost?.outcome, arrived?.outcome], ['PING PADDING', 'lost', 'arrived']);
  assert.match(String(arrived?.words), /PING; 1,430 zeros: does a datagram of this size get through\?/);
  assert.match(String(arrived?.why), /^A probe of the way/);
});

test('only the server looked: the handshake is over once the client speaks', () => {
  const { b, go } = shaken(false);
  go('down', 50, t.open(t.CLIENT_ID, 2, [{ type: 'PING' }]));
  go('up', 60, t.open(t.SERVER_ID, 2, [t.ack(0, [[1, 2]])]));
  go('down', 70, t.open(t.CLIENT_ID, 3, [{ type: 'PING' }]));
  assert.equal(
    arrows(b.trace)
      .slice(3)
      .map(({ phase }) => phase),
    ['handshake 4/4', 'handshake 4/4', undefined, undefined], // nobody saw whether the first arrived
  );
});

test('the handshake: SYN, COOKIE, CONNECT and its answer, in four phases, one connection', () => {
  const { b } = shaken();
  assert.equal(
    arrows(b.trace).map(({ label, phase, outcome, from }) => [label, phase, outcome, from]),
    [
      ['SYN', 'handshake 1/4', 'arrived', 'client-1'],
      ['COOKIE', 'handshake 2/4', 'arrived', 'server-1'],
      ['CONNECT', 'handshake 3/4', 'arrived', 'client-1'],
      ['ACK', 'handshake 4/4', 'arrived', 'server-1'],
    ],
  );
  const { connections } = tell(b.trace);
  assert.equal(
    connections.map(({ ends, clientAddress, serverAddress }) => [ends.toSorted(), clientAddress, serverAddress]),
    [[['u1', 'u2'], t.CLIENT_AT, t.SERVER_AT]],
  );
});

test('only the server observes: the same, from one end', () => {
  const { b } = shaken(false);
  const { actors, connections } = tell({
    ...b.trace,
    events: b.trace.events.filter((event) => event.kind !== 'actor' || event.id !== 'client-1'),
  });
  assert.equal(
    actors.map(({ name, basis }) => [name, basis]),
    [
      ['server', 'observed'],
      ['client 1', 'inferred'],
    ],
  );
  assert.is(connections.length, 1);
  assert.equal(
    arrows(b.trace).map(({ label, outcome }) => [label, outcome]),
    [
      ['SYN', 'arrived'],
      ['COOKIE', 'unseen'],
      ['CONNECT', 'arrived'],
      ['ACK', 'unseen'],
    ],
  );
});

test('a SYN that was lost is told as lost, and the next one says which was first', () => {
  const { b, go } = udp();
  b.state(1, 'client-1', 'u1', 'dialling', { remote: t.SERVER_AT });
  go('up', 10, t.syn(), { fate: 'lost' });
  go('up', 260, t.syn(), { nameless: true });
  const [first, second] = arrows(b.trace);
  assert.equal([first?.outcome, second?.outcome], ['lost', 'arrived']);
  assert.match(second?.words ?? '', `again (timeout), first in step ${first?.number}`);
  assert.is(second?.to, 'server-1');
});

test('several connections of one socket are told apart by their IDs', () => {
  const { b, go } = shaken();
  b.state(100, 'client-2', 'u3', 'dialling', { remote: t.SERVER_AT });
  const [id, there] = [0xaaaa, 0xbbbb];
  b.datagram(110, 'client-2', 'sent', t.syn(id), { connection: 'u3' });
  b.datagram(115, 'server-1', 'received', t.syn(id), atServer);
  b.datagram(120, 'server-1', 'sent', t.cookie(id, there), atServer);
  b.datagram(125, 'client-2', 'received', t.cookie(id, there), { connection: 'u3' });
  const hello = t.connect(1, [{ type: 'PING' }], { client: id, server: there });
  b.datagram(130, 'client-2', 'sent', hello, { connection: 'u3' });
  b.datagram(135, 'server-1', 'received', hello, atServer);
  b.state(135, 'server-1', 'u4', 'accepted', { local: t.SERVER_AT, remote: t.CLIENT_AT });
  go('up', 140, t.open(t.SERVER_ID, 2, [t.data(0, bytes)]));
  const { connections } = tell(b.trace);
  assert.equal(
    connections.map(({ ends }) => ends.toSorted()),
    [
      ['u1', 'u2'],
      ['u3', 'u4'],
    ],
  );
  assert.is(arrows(b.trace).at(-1)?.connection, 'c1');
});

test('a segment that is sent again points at the step that carried it first, with its cause', () => {
  const { b, go } = shaken();
  go('up', 100, t.open(t.SERVER_ID, 2, [t.data(0, bytes)]), { fate: 'lost' });
  go('up', 110, t.open(t.SERVER_ID, 3, [t.data(1, bytes), t.data(0, bytes)]), { again: [{ segment: 0, cause: 'bundled' }], fate: 'lost' });
  go('up', 200, t.open(t.SERVER_ID, 4, [t.data(2, bytes), t.data(0, bytes), t.data(1, bytes)], ACK_NOW), {
    again: [
      { segment: 0, cause: 'bundled' },
      { segment: 1, cause: 'probe' },
    ],
  });
  const [first, second, third] = arrows(b.trace).slice(-3);
  assert.is(first?.repeats, undefined);
  assert.equal(second?.repeats, { step: first?.number, segment: 0, cause: 'bundled' });
  assert.equal(third?.repeats, { step: second?.number, segment: 1, cause: 'probe' }, 'not the one that came along');
  assert.match(
    third?.words ?? '',
    `segment 0, ${bytes.length} bytes (SAY) again (bundled), first in step ${first?.number}; segment 1, ${bytes.length} bytes (SAY); asks`,
  );
  assert.is(first?.words, `segment 0, ${bytes.length} bytes (SAY)`);
});

test('where the sender is not observed, the cause is concluded', () => {
  const { b, go } = shaken(false);
  const up = (us: number, number: number, segments: readonly number[], flags = 0) =>
    go(
      'up',
      us,
      t.open(
        t.SERVER_ID,
        number,
        segments.map((segment) => t.data(segment, bytes)),
        flags,
      ),
    );
  up(100, 2, [0]);
  up(110, 3, [1, 0]);
  up(120, 4, [1], ACK_NOW);
  up(130, 5, [2]);
  go('down', 140, t.open(t.CLIENT_ID, 2, [t.ack(2, [[3, 5]])]));
  up(150, 6, [1]);
  up(160, 7, [1]);
  assert.equal(
    arrows(b.trace).flatMap(({ repeats }) => repeats?.cause ?? []),
    ['bundled', 'probe', 'fast', 'timeout'],
  );
});

test('a datagram that comes twice is told twice, the second time as a copy', () => {
  const { b, go } = shaken();
  const packet = t.open(t.SERVER_ID, 2, [t.data(0, bytes)]);
  go('up', 100, packet, { fate: 'duplicated' });
  b.datagram(106, 'server-1', 'received', packet, { ...atServer, connection: 'u2' });
  const [first, copy] = arrows(b.trace).slice(-2);
  assert.equal([first?.outcome, copy?.outcome], ['arrived', 'duplicate']);
  assert.match(copy?.words ?? '', `first in step ${first?.number}`);
  assert.is(copy?.repeats, undefined);
});

test('copies of SYN and COOKIE are told as copies, each of its own first', () => {
  const { b, go } = udp();
  go('up', 10, t.syn(), { fate: 'duplicated', gone: false, nameless: true });
  b.datagram(16, 'server-1', 'received', t.syn(), atServer);
  const [one, other] = [t.cookie(t.CLIENT_ID, 0xaaaa), t.cookie(t.CLIENT_ID, 0xbbbb)];
  for (const cookie of [one, other]) b.datagram(20, 'server-1', 'sent', cookie, { ...atServer, fate: 'duplicated' });
  for (const cookie of [other, other, one, one]) b.datagram(30, 'client-1', 'received', cookie, { connection: 'u1' });
  const told = arrows(b.trace).map(({ label, outcome, words, bytes: carried }) => {
    const which = label === 'COOKIE' ? `COOKIE ${carried === one ? 'one' : 'other'}` : label;
    return [which, outcome, /(again|one more|a second copy)?.*?(in step \d)?(;|$)/.exec(words)?.slice(1, 3).join(' ')];
  });
  assert.equal(told, [
    ['SYN', 'arrived', ' '],
    ['SYN', 'duplicate', 'a second copy in step 1'],
    ['COOKIE one', 'arrived', ' '],
    ['COOKIE other', 'arrived', 'one more in step 3'],
    ['COOKIE other', 'duplicate', 'a second copy in step 4'],
    ['COOKIE one', 'duplicate', 'a second copy in step 3'],
  ]);
});

test('where nobody saw it sent, a SYN that comes sooner than a client repeats it is a copy', () => {
  const { b, go } = udp(false);
  for (const us of [10, 20, 250_010]) go('up', us, t.syn(), { nameless: true });
  assert.equal(
    arrows(b.trace).map(({ outcome }) => outcome),
    ['arrived', 'duplicate', 'arrived'],
  );
});

test('a datagram that was spoilt is one arrow, at both ends', () => {
  const { b, go } = shaken();
  go('up', 100, t.open(t.SERVER_ID, 2, [t.data(0, bytes)]), { fate: 'corrupted', gone: true });
  b.datagram(106, 'server-1', 'received', new Uint8Array(0), { ...atServer, fate: 'malformed' });
  const last = arrows(b.trace).at(-1);
  assert.equal([last?.label, last?.outcome, last?.sentAt, last?.receivedAt], ['DATA', 'corrupted', 100_000, 106_000]);
});

test('a spoilt one belongs to the connection of that socket on which one was spoilt', () => {
  const { b, go } = shaken();
  b.datagram(90, 'client-2', 'sent', t.syn(0xaaaa), { connection: 'u3' });
  b.datagram(95, 'server-1', 'received', t.syn(0xaaaa), atServer); // from the same address, and the newest there
  go('up', 100, t.open(t.SERVER_ID, 2, [t.data(0, bytes)]), { fate: 'corrupted', gone: true });
  b.datagram(106, 'server-1', 'received', new Uint8Array(0), { ...atServer, fate: 'malformed' });
  const last = arrows(b.trace).at(-1);
  assert.equal([last?.label, last?.outcome, last?.connection, last?.receivedAt], ['DATA', 'corrupted', 'c1', 106_000]);
});

test('a first SYN that arrives spoilt is of the connection that the next one begins', () => {
  const { b, go } = udp(false);
  b.datagram(5, 'server-1', 'received', new Uint8Array(0), { ...atServer, fate: 'malformed' });
  go('up', 260, t.syn(), { nameless: true });
  assert.is(tell(b.trace).connections.length, 1);
});

test('rubbish from nowhere is told, and belongs to nobody', () => {
  const { b } = shaken();
  b.datagram(200, 'server-1', 'received', new Uint8Array([1, 2, 3]), {
    local: t.SERVER_AT,
    remote: 'udp://127.0.0.1:9',
    fate: 'malformed',
  });
  const last = arrows(b.trace).at(-1);
  assert.equal([last?.label, last?.outcome, last?.connection], ['UNREADABLE', 'corrupted', 'c2']);
});

test('a datagram that was never seen at a receiver who went on reporting is lost; at the end of the recording nobody knows', () => {
  const { b, go } = shaken();
  go('up', 100, t.open(t.SERVER_ID, 2, [t.data(0, bytes)]), { gone: true });
  go('up', 110, t.open(t.SERVER_ID, 3, [t.data(1, bytes)]));
  go('up', 120, t.open(t.SERVER_ID, 4, [t.data(2, bytes)]), { gone: true });
  assert.equal(
    arrows(b.trace)
      .slice(-3)
      .map(({ outcome }) => outcome),
    ['lost', 'arrived', 'unseen'],
  );
});

test('a withheld datagram is told without its data', () => {
  const { b, go } = shaken();
  go('up', 100, t.open(t.SERVER_ID, 2, [t.data(0, new Uint8Array(0))]), { fate: 'withheld' });
  go('up', 110, new Uint8Array(0), { fate: 'withheld' });
  const [first, second] = arrows(b.trace).slice(-2);
  assert.equal([first?.label, first?.outcome], ['DATA', 'arrived']);
  assert.match(first?.words ?? '', 'data not shown');
  assert.equal([second?.label, second?.outcome], ['WITHHELD', 'arrived']);
});

test('RST: of a connection that is not known, and of one that is refused', () => {
  const { b, go } = shaken();
  go('down', 100, t.rst(t.SERVER_ID), { nameless: true });
  const other = udp();
  other.b.state(1, 'client-1', 'u1', 'dialling', { remote: t.SERVER_AT });
  other.go('up', 10, t.syn(), { nameless: true });
  other.go('down', 20, t.rst(t.CLIENT_ID, REFUSED), { nameless: true });
  assert.equal(
    [arrows(b.trace).at(-1), arrows(other.b.trace).at(-1)].map((step) => [step?.label, step?.from, step?.phase, step?.connection]),
    [
      ['RST', 'server-1', 'closing', 'c1'],
      ['RST', 'server-1', 'handshake refused', 'c1'],
    ],
  );
});

test('FIN, the ACK of it and CLOSE are closing', () => {
  const { b, go } = shaken();
  go('up', 100, t.open(t.SERVER_ID, 2, [{ type: 'FIN', segment: 0 }]));
  go('down', 110, t.open(t.CLIENT_ID, 2, [t.ack(1, [[1, 2]])]));
  go('down', 120, t.open(t.CLIENT_ID, 3, [{ type: 'CLOSE', code: 'done', text: '' }]));
  assert.equal(
    arrows(b.trace)
      .slice(-3)
      .map(({ label, phase, words }) => [label, phase, words]),
    [
      ['FIN', 'closing', 'FIN is segment 0'],
      ['ACK', 'closing', 'ACK up to 0, credit 64'],
      ['CLOSE', 'closing', 'CLOSE done'],
    ],
  );
});

test('a proxy’s datagrams, with faults of its own making', () => {
  const b = t.building({ source: 'proxy' });
  b.actor('proxy-1', 'proxy');
  const near = { local: t.SERVER_AT, remote: t.CLIENT_AT };
  const far = { local: 'udp://127.0.0.1:6001', remote: 'udp://127.0.0.1:4009' };
  const through = (us: number, packet: Uint8Array, fate?: DatagramEvent['fate']) => {
    b.datagram(us, 'proxy-1', 'received', packet, { ...near, ...(fate === 'malformed' && { fate }) });
    b.datagram(us + 3, 'proxy-1', 'sent', packet, { ...far, ...(fate && { fate }) });
  };
  through(10, t.syn());
  b.datagram(20, 'proxy-1', 'received', t.cookie(), far);
  b.datagram(23, 'proxy-1', 'sent', t.cookie(), near);
  through(30, t.connect(1, [{ type: 'PING' }]));
  through(40, t.connect(2, [t.data(0, bytes)]), 'lost');
  through(50, t.open(t.SERVER_ID, 3, [t.data(0, bytes)]), 'corrupted');
  through(60, t.open(t.SERVER_ID, 4, [t.data(0, bytes)]), 'duplicated');
  through(70, new Uint8Array(0), 'malformed'); // by the network before it
  const { connections, actors } = tell(b.trace);
  assert.equal(
    arrows(b.trace).map(({ label, outcome, sentAt, receivedAt }) => [label, outcome, sentAt, receivedAt]),
    [
      ['SYN', 'arrived', 10_000, 13_000],
      ['COOKIE', 'arrived', 20_000, 23_000],
      ['CONNECT', 'arrived', 30_000, 33_000],
      ['CONNECT', 'lost', 40_000, undefined],
      ['DATA', 'corrupted', 50_000, 53_000],
      ['DATA', 'arrived', 60_000, 63_000],
      ['DATA', 'duplicate', undefined, 63_000],
      ['UNREADABLE', 'corrupted', 70_000, 73_000],
    ],
  );
  assert.equal(
    connections.map(({ clientAddress, serverAddress }) => [clientAddress, serverAddress]),
    [[t.CLIENT_AT, 'udp://127.0.0.1:4009']],
  );
  assert.equal(
    actors.map(({ role }) => role),
    ['client', 'server'],
  );
});

test('what a proxy let out spoilt, and shown so, is still one arrow, whatever its head says now', () => {
  const b = t.building({ source: 'proxy' });
  b.actor('proxy-1', 'proxy');
  const near = { local: t.SERVER_AT, remote: t.CLIENT_AT, connection: 'r1' };
  const far = { local: 'udp://127.0.0.1:6001', remote: 'udp://127.0.0.1:4009', connection: 'r2' };
  b.datagram(10, 'proxy-1', 'received', t.syn(), near);
  b.datagram(13, 'proxy-1', 'sent', t.syn(), far);
  [0, 5, 13].forEach((place, i) => {
    const packet = t.open(t.SERVER_ID, 2 + i, [t.data(i, bytes)]);
    const spoilt = packet.map((byte, at) => (at === place ? byte ^ 1 : byte));
    b.datagram(20 + i, 'proxy-1', 'received', packet, near);
    b.datagram(30 + i, 'proxy-1', 'sent', spoilt, { ...far, fate: 'corrupted' });
  });
  const { connections } = tell(b.trace);
  assert.is(connections.length, 1);
  assert.equal(
    arrows(b.trace).map(({ label, outcome, sentAt, receivedAt }) => [label, outcome, sentAt, receivedAt]),
    [['SYN', 'arrived', 10_000, 13_000], ...[0, 1, 2].map((i) => ['DATA', 'corrupted', 20_000 + 1000 * i, 30_000 + 1000 * i])],
  );
});

test('what comes to a proxy after a leg has parted still waits for its going on', () => {
  const b = t.building({ source: 'proxy' });
  b.actor('proxy-1', 'proxy');
  const near = { local: t.SERVER_AT, remote: t.CLIENT_AT, connection: 'r1' };
  const far = { local: 'udp://127.0.0.1:6001', remote: 'udp://127.0.0.1:4009', connection: 'r2' };
  b.datagram(10, 'proxy-1', 'received', t.syn(), near);
  b.datagram(13, 'proxy-1', 'sent', t.syn(), far);
  b.state(20, 'proxy-1', 'r1', 'closed', { closedBy: 'remote' });
  const close = t.open(t.CLIENT_ID, 3, [{ type: 'CLOSE', code: 'done', text: '' }]);
  b.datagram(30, 'proxy-1', 'received', close, far);
  b.datagram(50, 'proxy-1', 'sent', close, near);
  assert.equal(
    arrows(b.trace).map(({ label, outcome, sentAt, receivedAt }) => [label, outcome, sentAt, receivedAt]),
    [
      ['SYN', 'arrived', 10_000, 13_000],
      ['CLOSE', 'arrived', 30_000, 50_000],
    ],
  );
});

test.run();
