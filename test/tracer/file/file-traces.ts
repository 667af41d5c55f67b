/*
 * Traces for the tests of trace files: one with an event of every kind in it, and any that fast-check can think of.
 */
import fc from 'fast-check';
import { cleanLine } from '../../../lib/wire/clean.js';
import type { Trace, TraceEvent, TraceHeader } from '../../../tracer/trace/trace.js';

/** A header. */
export const header: TraceHeader = {
  format: 'chatwire-trace',
  version: 1,
  title: 'connect over tcp',
  source: 'taps',
  startedAtMs: 1_700_000_000_000,
  secrets: 'masked',
  madeBy: 'Chatwire 0.1.0',
};

const seen = { basis: 'observed', by: 'p1', connection: 'tcp-1' } as const;
const hello = new TextEncoder().encode('Hello');

/** An event of every kind. */
export const everyKind: readonly TraceEvent[] = [
  { kind: 'actor', at: 0, basis: 'observed', id: 'p1', name: 'Bar', role: 'client' },
  { kind: 'state', ...seen, at: 1, state: 'open', local: 'tcp://127.0.0.1:9', remote: 'tcp://127.0.0.1:4000', leg: 'tcp-2' },
  { kind: 'chunk', ...seen, at: 2, direction: 'sent', offset: 0, bytes: hello, masks: [{ from: 1, to: 3 }] },
  {
    kind: 'datagram',
    at: 3,
    basis: 'observed',
    by: 'p1',
    local: 'udp://127.0.0.1:9',
    remote: 'udp://127.0.0.1:4000',
    direction: 'received',
    bytes: hello,
    masks: [],
    fate: 'corrupted',
    again: [{ segment: 7, cause: 'probe' }],
  },
  { kind: 'frame', ...seen, at: 4, direction: 'sent', type: 'LINE', fields: { text: 'Hello' }, offset: 0, bytes: hello, masks: [] },
  {
    kind: 'frame',
    ...seen,
    at: 5,
    direction: 'received',
    type: 'PRESENCE',
    fields: { changes: [{ what: 'joined', name: 'Foo' }] },
    offset: 5,
    bytes: hello,
    masks: [],
  },
  { kind: 'session', ...seen, at: 6, from: 'menu', event: 'ANSWER', to: 'name' },
  {
    ...{ kind: 'kernel', ...seen, at: 6, direction: 'sent', local: 'tcp://127.0.0.1:9', remote: 'tcp://127.0.0.1:4000' },
    ...{ flags: ['SYN', 'ACK'], seq: 0, ack: 1, window: 512, options: ['mss 65495'], again: true, names: ['SAY'], bytes: hello, masks: [] },
  },
  {
    kind: 'socket',
    ...seen,
    at: 6,
    local: 'tcp://127.0.0.1:9',
    remote: 'tcp://127.0.0.1:4000',
    state: 'ESTABLISHED',
    cwnd: 10,
    rttMs: 0.05,
    rtoMs: 204,
  },
  {
    ...{ kind: 'call', at: 6, basis: 'inferred', by: 'p1', connection: 'tcp-1', name: 'write', args: ['18', '…', '5'], result: '-1' },
    ...{
      error: 'EAGAIN',
      took: 9,
      verdict: 'would block',
      because: 'EAGAIN',
      worker: true,
      direction: 'sent',
      offset: 0,
      length: 5,
      names: ['SAY'],
    },
  },
  { kind: 'note', at: 7, basis: 'observed', text: 'And that was it.' },
  { kind: 'state', ...seen, at: 8, state: 'closed', closedBy: 'remote', error: 'It broke.' },
];

const someBytes = fc.uint8Array({ maxLength: 40 });
const name = fc.string({ maxLength: 12, unit: 'grapheme' }).map(cleanLine);
const at = fc.nat();
const withMasks = someBytes.map((bytes) => ({ bytes, masks: bytes.length > 9 ? [{ from: 0, to: 9 }] : [] }));
const direction = fc.constantFrom('sent' as const, 'received' as const);

/** Any trace of lines and chunks. */
export const traces: fc.Arbitrary<Trace> = fc
  .array(
    fc.oneof(
      fc.record({ at, text: name }).map(({ at, text }): TraceEvent => ({ kind: 'note', at, basis: 'inferred', text })),
      fc.record({ at, direction, name, masked: withMasks, offset: fc.nat() }).map(
        ({ at, direction, name, masked, offset }): TraceEvent => ({
          kind: 'chunk',
          at,
          basis: 'observed',
          by: name,
          connection: name,
          direction,
          offset,
          ...masked,
        }),
      ),
      fc.record({ at, direction, text: fc.string({ unit: 'binary' }), masked: withMasks }).map(
        ({ at, direction, text, masked }): TraceEvent => ({
          kind: 'frame',
          ...seen,
          at,
          direction,
          type: 'LINE',
          fields: { text },
          offset: 0,
          ...masked,
        }),
      ),
    ),
    { maxLength: 12 },
  )
  .map((events) => ({ header, events }));
