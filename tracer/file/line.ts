/*
 * A line of a trace file as the model has it. Nothing is believed: what has another shape than tracer/trace says is a
 * DamagedLine, and no view ever sees it.
 */
import type { TraceEvent, TraceHeader } from '../trace/trace.js';
import {
  bytes,
  type Check,
  DamagedLine,
  each,
  finite,
  flag,
  list,
  maybe,
  members,
  NO_JSON,
  name,
  natural,
  oneOf,
  ranges,
  shaped,
} from './checks.js';
import { frameFields } from './frame-fields.js';

const timed = { at: natural, basis: oneOf('observed', 'inferred', 'synthetic') };
const observed = { ...timed, by: name, connection: name };
const direction = oneOf('sent', 'received');
const masked = { bytes, masks: ranges };

const resent: Check<unknown> = (value, field) =>
  list(value, field).map((one) => shaped({ segment: natural, cause: oneOf('timeout', 'probe', 'fast', 'bundled') }, members(one, field)));

/** The members of each kind of event but for a frame's fields, which the table of frames says. */
const SHAPES: Readonly<Record<TraceEvent['kind'], Readonly<Record<string, Check<unknown>>>>> = {
  actor: { kind: oneOf('actor'), ...timed, id: name, name, role: oneOf('server', 'client', 'proxy') },
  state: {
    kind: oneOf('state'),
    ...observed,
    state: oneOf('dialling', 'open', 'accepted', 'paused', 'resumed', 'drained', 'ended', 'peer-ended', 'closed'),
    local: maybe(name),
    remote: maybe(name),
    leg: maybe(name),
    closedBy: maybe(oneOf('local', 'remote')),
    error: maybe(name),
  },
  chunk: { kind: oneOf('chunk'), ...observed, direction, offset: natural, ...masked },
  datagram: {
    kind: oneOf('datagram'),
    ...timed,
    by: name,
    connection: maybe(name),
    local: name,
    remote: name,
    direction,
    ...masked,
    fate: maybe(oneOf('lost', 'duplicated', 'corrupted', 'malformed', 'withheld')),
    again: maybe(resent),
  },
  frame: { kind: oneOf('frame'), ...observed, direction, type: name, offset: natural, ...masked },
  session: { kind: oneOf('session'), ...observed, from: name, event: name, to: name },
  kernel: {
    kind: oneOf('kernel'),
    ...observed,
    direction,
    local: name,
    remote: name,
    flags: maybe(each(oneOf('SYN', 'FIN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'))),
    seq: maybe(natural),
    ack: maybe(natural),
    window: maybe(natural),
    options: maybe(each(name)),
    again: maybe(flag),
    names: maybe(each(name)),
    ...masked,
  },
  socket: {
    kind: oneOf('socket'),
    ...observed,
    local: name,
    remote: name,
    state: name,
    cwnd: maybe(natural),
    rttMs: maybe(finite),
    rtoMs: maybe(finite),
  },
  call: {
    kind: oneOf('call'),
    ...timed,
    by: name,
    connection: maybe(name),
    name,
    args: each(name),
    result: name,
    error: maybe(name),
    took: natural,
    verdict: oneOf('blocking', 'non-blocking', 'in progress', 'would block', 'never waits'),
    because: name,
    worker: maybe(flag),
    direction: maybe(direction),
    offset: maybe(natural),
    length: maybe(natural),
    names: maybe(each(name)),
  },
  note: { kind: oneOf('note'), ...timed, text: name },
};

const HEADER = {
  format: oneOf('chatwire-trace'),
  version: natural,
  title: name,
  source: oneOf('taps', 'proxy', 'virtual'),
  startedAtMs: finite,
  secrets: oneOf('masked', 'shown'),
  madeBy: name,
  shownFromNs: maybe(natural),
};

/** Reads the first line of a file. Throws a {@link DamagedLine}. */
export function readHeader(line: string): TraceHeader {
  return shaped(HEADER, parsed(line));
}

/** Reads the line of an event. Throws a {@link DamagedLine}. */
export function readEvent(line: string): TraceEvent {
  const given = parsed(line);
  const { kind } = given;
  if (typeof kind !== 'string' || !Object.hasOwn(SHAPES, kind)) throw new DamagedLine('its kind of event is not known here');
  const event = shaped(SHAPES[kind as TraceEvent['kind']], given) as unknown as TraceEvent;
  if ('masks' in event && (event.masks.at(-1)?.to ?? 0) > event.bytes.length) throw new DamagedLine('a mask lies outside its bytes');
  if (event.kind === 'frame') (event as { fields: unknown }).fields = frameFields(event.type, given.fields);
  return event;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new DamagedLine(NO_JSON);
  }
  return members(value, 'the line');
}
