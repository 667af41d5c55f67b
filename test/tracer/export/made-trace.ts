/*
 * Traces and their stories, built by hand: whoever needs an exact run says here what goes over it, event by event.
 * Time goes on by a millisecond with every event.
 */
import { crc32 } from 'node:zlib';
import { encodeFrame, type Frame } from '../../../lib/wire/index.js';
import type { Actor, ArrowStep, JoinedConnection, Step, Story } from '../../../tracer/join/story.js';
import type { DatagramEvent, Role, StateEvent, Trace, TraceEvent, TraceHeader } from '../../../tracer/trace/trace.js';
import { PacketWriter } from '../../../transports/udp/wire/encode.js';
import type { Frame as PacketFrame } from '../../../transports/udp/wire/packets.js';

type Side = 'client' | 'server';
const MS = 1_000_000;

/** A stream between two actors, of whose ends one or both are watched. */
export interface MadeStream {
  /** Both ends come to be, as far as they are watched. */
  open(): MadeStream;
  /** Bytes, in one chunk; it arrives in pieces of this size. */
  bytes(from: Side, bytes: Uint8Array, pieceBytes?: number): MadeStream;
  frame(from: Side, frame: Frame, pieceBytes?: number): MadeStream;
  line(from: Side, text: string): MadeStream;
  state(side: Side, state: StateEvent['state'], more?: Partial<StateEvent>): MadeStream;
  /** One side ends, and the other hears of it. */
  end(from: Side): MadeStream;
}

/** Everything that a made trace can be given. */
export class MadeTrace {
  readonly events: TraceEvent[] = [];
  readonly steps: Step[] = [];
  readonly connections: JoinedConnection[] = [];
  readonly actors: Actor[] = [];
  #at = 0;

  constructor(readonly title = 'made by hand') {
    this.actor('server', 'server');
  }

  get trace(): Trace {
    const header: TraceHeader = {
      ...{ format: 'chatwire-trace', version: 1, title: this.title, source: 'taps', startedAtMs: 1_700_000_000_000 },
      ...{ secrets: 'shown', madeBy: 'Chatwire 0.1.0, Node.js 20.20.2, Linux' },
    };
    return { header, events: this.events };
  }

  get story(): Story {
    const { title, actors, connections, steps } = this;
    return { title, startedAtMs: 1_700_000_000_000, actors, connections, steps };
  }

  actor(id: string, role: Role): void {
    this.actors.push({ id, name: id, role, basis: 'observed' });
    this.events.push({ kind: 'actor', at: this.#at, basis: 'observed', id, name: id, role });
  }

  /** A connection that carries a stream. */
  stream(
    client: string,
    addresses: { client: string; server: string },
    { scheme = 'tcp', watched = ['client', 'server'] }: { scheme?: JoinedConnection['scheme']; watched?: readonly Side[] } = {},
  ): MadeStream {
    const connection = this.#joined(client, addresses, scheme, watched);
    const actors = { client, server: 'server' };
    const sent = { client: 0, server: 0 };
    const observed = (side: Side) =>
      ({ basis: 'observed', by: actors[side], connection: `${connection}-${side}`, at: this.#tick() }) as const;
    const peer = (side: Side): Side => (side === 'client' ? 'server' : 'client');
    const isWatched = (side: Side) => watched.includes(side);
    const stream: MadeStream = {
      open: () => {
        const places = (side: Side) => ({ local: addresses[side], remote: addresses[peer(side)] });
        if (isWatched('client')) stream.state('client', 'dialling', { remote: addresses.server });
        if (isWatched('server')) stream.state('server', 'accepted', places('server'));
        if (isWatched('client')) stream.state('client', 'open', places('client'));
        return stream;
      },
      bytes: (from, bytes, pieceBytes = bytes.length) => {
        const to = peer(from);
        if (isWatched(from))
          this.events.push({ kind: 'chunk', ...observed(from), direction: 'sent', offset: sent[from], bytes, masks: [] });
        for (let start = 0; start < bytes.length; start += pieceBytes) {
          const piece = bytes.subarray(start, start + pieceBytes);
          const offset = sent[from] + start;
          if (isWatched(to)) this.events.push({ kind: 'chunk', ...observed(to), direction: 'received', offset, bytes: piece, masks: [] });
        }
        sent[from] += bytes.length;
        return stream;
      },
      frame: (from, frame, pieceBytes) => {
        const { type, ...fields } = frame;
        this.#carry(stream, {
          from,
          type,
          fields,
          bytes: encodeFrame(frame),
          pieceBytes,
          actors,
          connection,
          offset: sent[from],
          isWatched,
        });
        return stream;
      },
      line: (from, text) => {
        const bytes = new TextEncoder().encode(`${text}\n`);
        this.#carry(stream, { from, type: 'LINE', fields: { text }, bytes, actors, connection, offset: sent[from], isWatched });
        return stream;
      },
      state: (side, state, more = {}) => {
        this.events.push({ kind: 'state', ...observed(side), state, ...more });
        return stream;
      },
      end: (from) => {
        if (isWatched(from)) stream.state(from, 'ended');
        if (isWatched(peer(from))) stream.state(peer(from), 'peer-ended');
        return stream;
      },
    };
    return stream;
  }

  /** A datagram, as its sender saw it. */
  datagram(from: string, addresses: { from: string; to: string }, bytes: Uint8Array, more: Partial<DatagramEvent> = {}): DatagramEvent {
    const event: DatagramEvent = {
      ...{ kind: 'datagram', at: this.#tick(), basis: 'observed', by: from, local: addresses.from, remote: addresses.to },
      ...{ direction: 'sent', bytes, masks: [], ...more },
    };
    this.events.push(event);
    return event;
  }

  /** The joined connection of datagrams. */
  udp(client: string, addresses: { client: string; server: string }): string {
    return this.#joined(client, addresses, 'udp', ['client', 'server']);
  }

  #carry(
    stream: MadeStream,
    {
      from,
      type,
      fields,
      bytes,
      pieceBytes,
      actors,
      connection,
      offset,
      isWatched,
    }: {
      from: Side;
      type: string;
      fields: Readonly<Record<string, unknown>>;
      bytes: Uint8Array;
      pieceBytes?: number | undefined;
      actors: Readonly<Record<Side, string>>;
      connection: string;
      offset: number;
      isWatched: (side: Side) => boolean;
    },
  ): void {
    const to: Side = from === 'client' ? 'server' : 'client';
    stream.bytes(from, bytes, pieceBytes);
    const end = (side: Side, direction: 'sent' | 'received') => {
      const common = { at: this.#at, basis: 'observed', by: actors[side], connection: `${connection}-${side}` } as const;
      if (isWatched(side)) this.events.push({ kind: 'frame', ...common, direction, type, fields, offset, bytes, masks: [] });
    };
    end(from, 'sent');
    end(to, 'received');
    const step: ArrowStep = {
      ...{ kind: 'arrow', lane: 'frames', number: this.steps.length + 1, at: this.#at, basis: 'observed', connection },
      ...{ from: actors[from], to: actors[to], sentAt: this.#at, receivedAt: this.#at, outcome: 'arrived', label: type },
      ...{ words: 'in words', why: `Why this ${type} goes.`, bytes, masks: [] },
    };
    this.steps.push(step);
  }

  #joined(
    client: string,
    addresses: { client: string; server: string },
    scheme: JoinedConnection['scheme'],
    watched: readonly Side[],
  ): string {
    if (!this.actors.some(({ id }) => id === client)) this.actor(client, 'client');
    const id = `c${this.connections.length + 1}`;
    this.connections.push({
      ...{ id, scheme, codec: 'frames', client, server: 'server', clientAddress: addresses.client, serverAddress: addresses.server },
      ends: watched.map((side) => `${id}-${side}`),
    });
    return id;
  }

  #tick(): number {
    this.#at += MS;
    return this.#at;
  }
}

/** Packets of UDP-with-ack, one after the other. */
export function packetMaker() {
  const writer = new PacketWriter((bytes) => crc32(bytes));
  return {
    writer,
    open(header: { destination: number; number: number }, frames: readonly PacketFrame[]): Uint8Array {
      writer.begin('OPEN', { flags: 0, ...header }, {}, 1200);
      for (const frame of frames) writer.frame(frame);
      return writer.finish();
    },
  };
}
