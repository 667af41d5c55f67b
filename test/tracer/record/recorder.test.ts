/*
 * The recorder: who takes part, the order of time, what waits and for how long, a proxy's legs, and a relay of datagrams.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Tap, TapEvent } from '../../../lib/trace.js';
import { encodeFrame } from '../../../lib/wire/encode.js';
import { memorySink, type Recorder, recorder } from '../../../tracer/record/index.js';
import type { TraceEvent } from '../../../tracer/trace/trace.js';
import { CLIENT, cookiePackets, dataFrames, openPacket, SERVER } from '../redact/packets.js';
import { findings } from '../redact/searched.js';
import { datagrams, framed, framedInTwo, record, type Secrets, typed } from './seen.js';

const test = suite('recorder');
const SECRETS = { password: 'hunter2', token: Uint8Array.from({ length: 16 }, (_, i) => 150 + i) };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const text = (words: string) => new TextEncoder().encode(words);

function begin(showSecrets = false): { readonly events: readonly TraceEvent[]; readonly recording: Recorder } {
  const sink = memorySink();
  const options = { title: 'a run', source: 'taps', madeBy: 'a test', startedAtMs: 1000 } as const;
  return { events: sink.events, recording: recorder({ ...options, showSecrets, sink }) };
}

const bytes = (at: number, direction: 'sent' | 'received', chunk: Uint8Array, connection = 'tcp-1'): TapEvent => ({
  ...{ layer: 'transport', at, connection },
  what: { name: 'bytes', direction, bytes: chunk },
});

const kinds = (events: readonly TraceEvent[]): string =>
  events.map((event) => ('state' in event ? event.state : 'type' in event ? event.type : event.kind)).join(' ');

test('the header says what it is, and times count from the start, in whole nanoseconds', () => {
  const { events, recording } = begin();
  assert.equal(recording.header, {
    ...{ format: 'chatwire-trace', version: 1, title: 'a run', source: 'taps', startedAtMs: 1000, secrets: 'masked', madeBy: 'a test' },
  });
  const tap = recording.tap({ name: 'Bar', role: 'client' });
  tap.event({ layer: 'transport', at: 1001.5, connection: 'tcp-1', what: { name: 'dialling', remote: 'tcp://127.0.0.1:1' } });
  recording.note('Look.');
  tap.rename('Foo');
  assert.equal(events, [
    { kind: 'actor', at: 0, basis: 'observed', id: tap.id, name: 'Bar', role: 'client' },
    { kind: 'state', at: 1_500_000, basis: 'observed', by: tap.id, connection: 'tcp-1', state: 'dialling', remote: 'tcp://127.0.0.1:1' },
    { kind: 'note', at: 1_500_000, basis: 'observed', text: 'Look.' },
    { kind: 'actor', at: 1_500_000, basis: 'observed', id: tap.id, name: 'Foo', role: 'client' },
  ]);
});

test('chunks and frames stand in the masked stream', () => {
  const events = record(framed, SECRETS);
  for (const direction of ['sent', 'received'] as const) {
    let [chunks, frames] = [0, 0];
    for (const event of events) {
      if (event.kind === 'chunk' && event.direction === direction) {
        assert.is(event.offset, chunks);
        chunks += event.bytes.length;
      }
      if (event.kind === 'frame' && event.direction === direction) {
        assert.is(event.offset, frames);
        frames += event.bytes.length;
      }
    }
    assert.is(chunks, frames);
  }
  assert.is(kinds(events), 'actor accepted chunk PROMPT chunk HELLO chunk ANSWER chunk ANSWER chunk JOINED chunk SAY peer-ended closed');
});

test('with secrets shown every byte is there as it was', () => {
  for (const run of [framed, framedInTwo(3), typed('letters'), datagrams]) {
    const seen: string[] = [];
    const spied = (tap: Tap, secrets: Secrets) => {
      const event = (each: TapEvent) => {
        if (each.layer === 'datagram') seen.push(hex(each.spoiled ?? each.bytes));
        if (each.layer === 'transport' && each.what.name === 'bytes') seen.push(hex(each.what.bytes));
        tap.event(each);
      };
      run({ event }, secrets);
    };
    const events = record(spied, SECRETS, true);
    const shown = events.flatMap((event) => (event.kind === 'chunk' || event.kind === 'datagram' ? [hex(event.bytes)] : []));
    assert.equal(shown, seen);
  }
});

test('what the link did is told, and a segment that is sent again with its cause', () => {
  const fates = record(datagrams, SECRETS).flatMap((event) => (event.kind === 'datagram' ? [event] : []));
  assert.equal(fates.map(({ fate }) => fate ?? '-').slice(-3), ['lost', 'corrupted', 'malformed']);
  assert.equal(fates.at(-3)?.again, [{ segment: 1, cause: 'probe' }]);
  assert.is(fates.at(-1)?.bytes.length, 0, 'what is no packet is not shown: nobody knows what is in it');
});

test('datagrams wait for a gap to be filled, and everything later of their connection behind them', () => {
  const { events, recording } = begin();
  const tap = recording.tap({ name: 'server', role: 'server' });
  const about = {
    layer: 'datagram',
    local: 'udp://127.0.0.1:1',
    remote: 'udp://127.0.0.1:2',
    connection: 'udp-1',
    direction: 'received',
  } as const;
  const [menu] = dataFrames([encodeFrame({ type: 'PROMPT', id: 1, question: 'menu', text: '?', options: [] })]);
  if (menu) tap.event({ ...about, direction: 'sent', at: 1000, bytes: openPacket(CLIENT, 1, [menu]) });
  const frames = dataFrames([encodeFrame({ type: 'WHO' }), encodeFrame({ type: 'LEAVE' })]);
  const packets = frames.map((frame, i) => openPacket(SERVER, i + 1, [frame]));
  tap.event({ layer: 'transport', at: 1000, connection: 'udp-1', what: { name: 'accepted', remote: about.remote } });
  const before = events.length;
  tap.event({ ...about, at: 1001, bytes: packets[1] as Uint8Array });
  tap.event({ layer: 'transport', at: 1002, connection: 'udp-1', what: { name: 'paused' } });
  assert.is(events.length, before);
  assert.is(recording.waitsSince(), 1_000_000);
  tap.event({ ...about, at: 1003, bytes: packets[0] as Uint8Array });
  assert.is(recording.waitsSince(), undefined);
  assert.equal(
    events.slice(before).map(({ at }) => at),
    [1e6, 2e6, 3e6],
  );
});

test('what waits has a bound, and the end of a connection ends the waiting', () => {
  for (const end of ['bound', 'closed', 'flush']) {
    const { events, recording } = begin();
    const tap = recording.tap({ name: 'server', role: 'server' });
    tap.event({ layer: 'transport', at: 1000, connection: 'tcp-1', what: { name: 'accepted', remote: 'tcp://127.0.0.1:2' } });
    tap.event(bytes(1000, 'sent', text('Hello client, please choose an option:\n')));
    tap.event(bytes(1001, 'received', text('hunter2\n')));
    assert.is(recording.waitsSince(), 1_000_000);
    if (end === 'bound') for (let i = 0; i < 5000; i += 1) tap.event(bytes(1002 + i, 'sent', text('x\n')));
    if (end === 'closed') tap.event({ layer: 'transport', at: 1003, connection: 'tcp-1', what: { name: 'closed', by: 'remote' } });
    if (end === 'flush') recording.flush();
    const line = events.find((event) => event.kind === 'frame' && event.direction === 'received');
    assert.equal(line?.kind === 'frame' && line.fields, { text: '•••' });
    assert.equal(findings(events, 'hunter2'), []);
  }
});

test('a proxy’s two legs are one connection, read from both sides, and the one that was dialled says so', () => {
  const { events, recording } = begin();
  const proxy = recording.tap({ name: 'proxy', role: 'proxy' });
  proxy.event({ layer: 'transport', at: 1000, connection: 'tcp-1', what: { name: 'accepted', remote: 'tcp://127.0.0.1:2' } });
  const onward = proxy.leg('tcp-1');
  onward.event({ layer: 'transport', at: 1001, connection: 'tcp-2', what: { name: 'dialling', remote: 'tcp://127.0.0.1:3' } });
  onward.event({ layer: 'transport', at: 1002, connection: 'tcp-2', what: { name: 'open', remote: 'tcp://127.0.0.1:3' } });
  const menu = encodeFrame({ type: 'PROMPT', id: 1, question: 'menu', text: '?', options: [] });
  const password = encodeFrame({ type: 'ANSWER', id: 4, question: 'password', value: 'hunter2' });
  onward.event(bytes(1003, 'received', menu, 'tcp-2'));
  proxy.event(bytes(1003, 'sent', menu));
  proxy.event(bytes(1004, 'received', password));
  onward.event(bytes(1004, 'sent', password, 'tcp-2'));
  const open = events.find((event) => event.kind === 'state' && event.state === 'open');
  assert.is(open?.kind === 'state' && open.leg, 'tcp-1');
  assert.is(events.filter((event) => event.kind === 'frame' && event.type === 'ANSWER').length, 2);
  assert.equal(findings(events, 'hunter2'), []);
});

test('what one leg of a proxy must wait for, the other waits for as well: the order is that of time', () => {
  const { events, recording } = begin();
  const proxy = recording.tap({ name: 'proxy', role: 'proxy' });
  proxy.event({ layer: 'transport', at: 1000, connection: 'tcp-1', what: { name: 'accepted', remote: 'tcp://127.0.0.1:2' } });
  const onward = proxy.leg('tcp-1');
  onward.event({ layer: 'transport', at: 1001, connection: 'tcp-2', what: { name: 'open', remote: 'tcp://127.0.0.1:3' } });
  const hello = encodeFrame({ type: 'HELLO', magic: 0x43484154, version: 1, token: new Uint8Array(0), lastSequence: 0 });
  const menu = encodeFrame({ type: 'PROMPT', id: 1, question: 'menu', text: '?', options: [] });
  proxy.event(bytes(1002, 'received', hello)); // frames or lines? only the server's first byte tells
  onward.event(bytes(1003, 'received', menu, 'tcp-2'));
  onward.event(bytes(1004, 'sent', hello, 'tcp-2'));
  assert.is(recording.waitsSince(), 2e6);
  proxy.event(bytes(1005, 'sent', menu));
  assert.is(recording.waitsSince(), undefined);
  const frames = events.flatMap((event) => (event.kind === 'frame' ? [[event.at / 1e6, event.connection, event.type]] : []));
  assert.equal(frames, [
    [2, 'tcp-1', 'HELLO'],
    [3, 'tcp-2', 'PROMPT'],
    [4, 'tcp-2', 'HELLO'],
    [5, 'tcp-1', 'PROMPT'],
  ]);
});

test('a relay of datagrams: a loss between the legs, frames read from the datagrams', () => {
  const { events, recording } = begin();
  const legs = {
    client: { local: 'udp://127.0.0.1:4000', remote: 'udp://127.0.0.1:5000' },
    server: { local: 'udp://127.0.0.1:4001', remote: 'udp://127.0.0.1:6000' },
  };
  const relay = recording.tap({ name: 'proxy', role: 'proxy' }).relay(legs);
  let at = 1000;
  const pass = (from: 'client' | 'server', datagram: Uint8Array, fate?: 'lost' | 'corrupted') => {
    at += 1;
    relay.received(from, datagram, at);
    relay.sent(from, datagram, at, fate && { fate });
  };
  const { cookie, connect } = cookiePackets(
    SECRETS.token,
    dataFrames([encodeFrame({ type: 'ANSWER', id: 4, question: 'password', value: 'hunter2' })]),
  );
  const menu = openPacket(CLIENT, 1, dataFrames([encodeFrame({ type: 'PROMPT', id: 1, question: 'menu', text: '?', options: [] })]));
  const again = openPacket(CLIENT, 2, dataFrames([encodeFrame({ type: 'PROMPT', id: 1, question: 'menu', text: '?', options: [] })]));
  pass('server', cookie);
  pass('client', connect);
  pass('server', menu, 'lost');
  pass('server', menu, 'corrupted');
  pass('server', again);
  pass('client', openPacket(SERVER, 2, [{ type: 'CLOSE', code: 'done', text: '' }]));
  pass('server', openPacket(CLIENT, 3, [{ type: 'CLOSE', code: 'done', text: '' }]));
  recording.flush();
  assert.equal(findings(events, 'hunter2'), []);
  assert.equal(findings(events, SECRETS.token), []);
  const states = events.flatMap((event) =>
    event.kind === 'state' ? [`${event.connection} ${event.state} ${event.leg ?? ''}`.trim()] : [],
  );
  assert.equal(states.sort(), [
    'relay-1-client accepted relay-1-server',
    'relay-1-client closed',
    'relay-1-server closed',
    'relay-1-server open relay-1-client',
  ]);
  const frames = events.flatMap((event) =>
    event.kind === 'frame' ? [`${event.connection} ${event.direction} ${event.type} ${event.at / 1e6}`] : [],
  );
  assert.equal(frames.sort(), [
    'relay-1-client received ANSWER 2',
    'relay-1-client sent PROMPT 5',
    'relay-1-server received PROMPT 3',
    'relay-1-server sent ANSWER 2',
  ]);
});

test.run();
