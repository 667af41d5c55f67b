/*
 * Traces built by hand: who saw what, line by line, with real frames and packets in them.
 */
import { crc32 } from 'node:zlib';
import { encodeFrame } from '../../../lib/wire/encode.js';
import type { Frame as ChatFrame } from '../../../lib/wire/frames.js';
import type { Role, StateEvent, Trace, TraceEvent, TraceHeader } from '../../../tracer/trace/trace.js';
import { PacketWriter } from '../../../transports/udp/wire/encode.js';
import type { Frame, Parameters } from '../../../transports/udp/wire/packets.js';

const packetWriter = new PacketWriter((bytes) => crc32(bytes));

/** A trace that grows. Times are in microseconds, so that they can be read. */
export interface TraceBuilder {
  readonly trace: Trace;
  actor(id: string, role: Role, name?: string): void;
  state(us: number, by: string, connection: string, state: StateEvent['state'], more?: Partial<StateEvent>): void;
  /** Bytes that an end sent or received, where its last ones ended. */
  chunk(us: number, by: string, connection: string, direction: 'sent' | 'received', bytes: Uint8Array): void;
  /** A frame likewise. */
  frame(us: number, by: string, connection: string, direction: 'sent' | 'received', frame: ChatFrame): void;
  line(us: number, by: string, connection: string, direction: 'sent' | 'received', text: string): void;
  datagram(
    us: number,
    by: string,
    direction: 'sent' | 'received',
    bytes: Uint8Array,
    more?: Partial<Extract<TraceEvent, { kind: 'datagram' }>>,
  ): void;
  session(us: number, by: string, connection: string, from: string, event: string, to: string): void;
  note(us: number, text: string): void;
}

/** Begins a trace. */
export function building(header: Partial<TraceHeader> = {}): TraceBuilder {
  const events: TraceEvent[] = [];
  const offsets = new Map<string, number>();
  const next = (key: string, length: number) => {
    const offset = offsets.get(key) ?? 0;
    offsets.set(key, offset + length);
    return offset;
  };
  const at = (us: number) => Math.round(us * 1000);
  const frameEvent = (
    us: number,
    by: string,
    connection: string,
    direction: 'sent' | 'received',
    type: string,
    fields: Record<string, unknown>,
    bytes: Uint8Array,
  ) =>
    events.push({
      ...{ kind: 'frame', at: at(us), basis: 'observed', by, connection, direction, type, fields },
      ...{ offset: next(`frame ${connection} ${direction}`, bytes.length), bytes, masks: [] },
    });
  return {
    trace: {
      header: {
        format: 'chatwire-trace',
        version: 1,
        title: 'by hand',
        source: 'taps',
        startedAtMs: 0,
        secrets: 'masked',
        madeBy: 'test',
        ...header,
      },
      events,
    },
    actor: (id, role, name = id) => void events.push({ kind: 'actor', at: 0, basis: 'observed', id, name, role }),
    state: (us, by, connection, state, more = {}) =>
      void events.push({ kind: 'state', at: at(us), basis: 'observed', by, connection, state, ...more }),
    chunk(us, by, connection, direction, bytes) {
      const offset = next(`chunk ${connection} ${direction}`, bytes.length);
      events.push({ kind: 'chunk', at: at(us), basis: 'observed', by, connection, direction, offset, bytes, masks: [] });
    },
    frame(us, by, connection, direction, frame) {
      const { type, ...fields } = frame;
      frameEvent(us, by, connection, direction, type, shown(fields), encodeFrame(frame));
    },
    line: (us, by, connection, direction, text) =>
      void frameEvent(us, by, connection, direction, 'LINE', { text }, new TextEncoder().encode(`${text}\n`)),
    datagram: (us, by, direction, bytes, more = {}) =>
      void events.push({
        kind: 'datagram',
        at: at(us),
        basis: 'observed',
        by,
        direction,
        bytes,
        masks: [],
        local: CLIENT_AT,
        remote: SERVER_AT,
        ...more,
      }),
    session: (us, by, connection, from, event, to) =>
      void events.push({ kind: 'session', at: at(us), basis: 'observed', by, connection, from, event, to }),
    note: (us, text) => void events.push({ kind: 'note', at: at(us), basis: 'observed', text }),
  };
}

/** Byte strings as a trace has them. */
function shown(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value]),
  );
}

/** Where the ends of the hand-built UDP connections are. */
export const CLIENT_AT = 'udp://127.0.0.1:50001';
export const SERVER_AT = 'udp://127.0.0.1:4000';

/** Their connection IDs. */
export const CLIENT_ID = 0xc11e47;
export const SERVER_ID = 0x5e44e4;

const parameters: Parameters = { arq: 'sack', congestion: 'newreno', credit: 64, idleTimeoutMs: 30_000, maxDatagramBytes: 1200 };
const mac = new TextEncoder().encode('•••');

/** The packets of a handshake. */
export const syn = (client = CLIENT_ID) => packetWriter.packet('SYN', {}, { client, parameters, padding: new Uint8Array(1160) });
export const cookie = (client = CLIENT_ID, server = SERVER_ID) =>
  packetWriter.packet('COOKIE', { destination: client }, { server, parameters, time: 1, mac });
export const rst = (destination: number, flags = 0) => packetWriter.packet('RST', { destination, flags }, {});

/** A CONNECT with frames. */
export function connect(number: number, frames: readonly Frame[], { client = CLIENT_ID, server = SERVER_ID, flags = 0 } = {}): Uint8Array {
  packetWriter.begin('CONNECT', { flags, destination: server, number }, { client, parameters, time: 1, mac }, 1200);
  for (const frame of frames) packetWriter.frame(frame);
  return packetWriter.finish();
}

/** An OPEN packet with frames. */
export function open(destination: number, number: number, frames: readonly Frame[], flags = 0): Uint8Array {
  packetWriter.begin('OPEN', { flags, destination, number }, {}, 1200);
  for (const frame of frames) packetWriter.frame(frame);
  return packetWriter.finish();
}

export const data = (segment: number, bytes: Uint8Array): Frame => ({ type: 'DATA', segment, data: bytes });
export const ack = (next: number, ranges: readonly (readonly [number, number])[], credit = 64): Frame => ({
  type: 'ACK',
  next,
  credit,
  delayUs: 0,
  ranges: ranges.map(([first, last]) => ({ first, last })),
});

/** A frame's bytes. */
export const bytesOf = (...frames: readonly ChatFrame[]): Uint8Array => Uint8Array.from(frames.flatMap((frame) => [...encodeFrame(frame)]));
export const say = (id: number, text: string): ChatFrame => ({ type: 'SAY', id, text });
export const prompt = (id: number, question: 'menu' | 'name', text: string): ChatFrame => ({
  type: 'PROMPT',
  id,
  question,
  text,
  options: [],
});
