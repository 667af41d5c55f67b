/*
 * qlog: the fields that the schemas require, every packet once at each end that saw it, and estimates that can be true.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { qlogFrames, segments } from '../../../tracer/export/qlog/frames.js';
import { qlog } from '../../../tracer/export/qlog/index.js';
import type { QlogEvent, QlogFile } from '../../../tracer/export/qlog/schema.js';
import type { ArrowStep, Story } from '../../../tracer/join/story.js';
import { NASTY } from '../told.js';
import { qlogMistakes } from './qlog-schema.js';
import { recordedStory } from './recorded.js';

const test = suite('qlog');
const read = (story: Story): QlogFile => JSON.parse(qlog(story)) as QlogFile;
const named = (events: readonly QlogEvent[], name: string): readonly QlogEvent[] => events.filter((event) => event.name === name);

/** Of draft-ietf-quic-qlog-quic-events-01. */
const PACKET_TYPES = ['initial', 'handshake', '0RTT', '1RTT', 'retry', 'version_negotiation', 'stateless_reset', 'unknown'];
const FRAME_TYPES = ['stream', 'ack', 'ping', 'connection_close'];

test('what the main schema requires is there', () => {
  for (const name of ['udp-lossy', 'tcp-chat', 'unix-handshake']) {
    const file = read(recordedStory(name));
    assert.is(file.qlog_version, '0.3');
    assert.is(file.qlog_format, 'JSON');
    assert.ok(file.traces.length >= 2, name);
    for (const { vantage_point, common_fields, events } of file.traces) {
      assert.ok(['client', 'server'].includes(vantage_point.type));
      assert.is(common_fields.time_format, 'relative');
      assert.type(common_fields.reference_time, 'number');
      assert.ok(events.length > 0);
      for (const [i, { time, name: event, data }] of events.entries()) {
        assert.type(time, 'number');
        assert.ok(time >= (events[i - 1]?.time ?? 0));
        assert.match(event, /^(transport|recovery|chat):[a-z_]+$/);
        assert.type(data, 'object');
      }
    }
  }
});

test('every file is as the schemas have it, to the last field', () => {
  for (const name of ['udp-lossy', 'udp-chat', 'udp-handshake', 'udp-mistakes', 'tcp-chat', 'unix-handshake'])
    assert.equal(qlogMistakes(read(recordedStory(name))), [], name);
});

test('the schemas refuse what is wrong, and take what another program writes', () => {
  // the form of a file of aioquic's
  const theirs = {
    ...{ qlog_format: 'JSON', qlog_version: '0.3' },
    traces: [
      {
        vantage_point: { name: 'aioquic', type: 'client' },
        common_fields: { time_format: 'absolute' },
        events: [
          {
            ...{ time: 1.5, name: 'transport:packet_sent' },
            data: {
              frames: [{ frame_type: 'ack', ack_delay: 0.1, acked_ranges: [[0, 3]] }, { frame_type: 'ping' }],
              header: { packet_number: 0, packet_type: '1RTT', scid: '', dcid: '00ff' },
              raw: { length: 1200 },
            },
          },
        ],
      },
    ],
  };
  assert.equal(qlogMistakes(theirs), []);
  const file = JSON.stringify(theirs);
  for (const [right, wrong] of [
    ['"0.3"', '"0.4"'],
    ['"type":"client"', '"kind":"client"'],
    ['"1RTT"', '"OPEN"'],
    ['[[0,3]]', '[]'],
    ['transport:packet_sent', 'packet_sent'],
    ['"time":1.5,', ''],
  ] as const) {
    assert.ok(file.includes(right), right);
    assert.ok(qlogMistakes(JSON.parse(file.replace(right, wrong))).length > 0, wrong);
  }
});

test('every packet stands once where it was sent and once where it came, with a type and frames that QUIC has', () => {
  const story = recordedStory('udp-lossy');
  const packets = story.steps.filter((step): step is ArrowStep => step.kind === 'arrow' && step.lane === 'segments');
  const events = read(story).traces.flatMap((trace) => trace.events);
  assert.is(named(events, 'transport:packet_sent').length, packets.filter(({ outcome }) => outcome !== 'duplicate').length);
  const came = ['transport:packet_received', 'transport:packet_dropped'].flatMap((name) => named(events, name));
  assert.is(came.length, packets.filter(({ receivedAt }) => receivedAt !== undefined).length);
  assert.ok(packets.some(({ outcome }) => outcome === 'lost'));
  for (const { data } of [...came, ...named(events, 'transport:packet_sent')]) {
    const { header, frames = [] } = data as { header: Record<string, unknown>; frames?: readonly Record<string, unknown>[] };
    assert.ok(PACKET_TYPES.includes(String(header.packet_type)), String(header.packet_type));
    if (header.packet_type === '1RTT') assert.ok(Number(header.packet_number) > 0);
    for (const frame of frames) assert.ok(FRAME_TYPES.includes(String(frame.frame_type)));
  }
});

test('what was sent again was lost before, once, with the reason; and what is in flight comes down to nothing', () => {
  for (const { events } of read(recordedStory('udp-lossy')).traces) {
    const sent = new Set<unknown>();
    const lost = new Set<unknown>();
    for (const { name, data } of events) {
      const { packet_number: number } = (data.header ?? {}) as { packet_number?: number };
      if (name === 'transport:packet_sent') sent.add(number);
      if (name !== 'recovery:packet_lost') continue;
      assert.ok(sent.has(number) && !lost.has(number), `packet ${number}`);
      assert.ok(['pto_expired', 'reordering_threshold'].includes(String(data.trigger)));
      lost.add(number);
    }
    const metrics = named(events, 'recovery:metrics_updated').map(({ data }) => data as Record<string, number>);
    assert.ok(metrics.some(({ smoothed_rtt }) => (smoothed_rtt ?? 0) > 0));
    for (const one of metrics) for (const [what, value] of Object.entries(one)) assert.ok(value >= 0, what);
    assert.ok((metrics.at(-1)?.packets_in_flight ?? 9) <= 1);
  }
});

test('a stream over UDP has its bytes in one piece', () => {
  for (const { events } of read(recordedStory('udp-chat')).traces) {
    const ends = new Map<number, number>();
    for (const { data } of named(events, 'transport:packet_sent')) {
      for (const frame of (data.frames ?? []) as readonly Record<string, number | string>[]) {
        if (frame.frame_type === 'stream') ends.set(Number(frame.offset), Number(frame.offset) + Number(frame.length));
      }
    }
    let end = 0;
    for (let next = ends.get(end); next !== undefined && next > end; next = ends.get(end)) end = next;
    assert.is(end, Math.max(...ends.values()));
  }
});

test('segments out of order get their place when the gap is filled', () => {
  const known = segments();
  assert.is(known.offsetOf(0, 10), 0);
  assert.is(known.offsetOf(2, 5), 10);
  assert.is(known.offsetOf(1, 7), 10);
  assert.is(known.offsetOf(2, 5), 17);
  assert.is(known.offsetOf(3, 1), 22);
});

test('an ACK without ranges, as stop-and-wait and go-back-N send it, has no empty list', () => {
  const [ack] = qlogFrames([{ type: 'ACK', next: 3, credit: 9, delayUs: 0, ranges: [] }], segments());
  assert.equal(ack, { frame_type: 'ack', ack_delay: 0, next_segment: 3, credit_segments: 9 });
});

test('a story of anything gives a file', () => {
  assert.equal(read({ ...NASTY, connections: [] }).traces, []);
});

test.run();
