/*
 * What is recorded of one observer's connection: what a tap saw in, events of a trace out, in the order of time and
 * without the secrets. As long as something is undecided, whatever came later waits behind it.
 */
import type { DatagramTapEvent, SessionTapEvent, TransportTapEvent } from '../../lib/trace.js';
import type { Packet } from '../../transports/udp/wire/packets.js';
import { copied, DatagramWatch, join, type Piece, type Side, StreamWatch, strangeDatagram } from '../redact/index.js';
import type { Basis, ChunkEvent, Direction, FrameEvent, StateEvent, TraceEvent } from '../trace/trace.js';
import { arrives, datagramEvent, packetIn } from './datagram.js';
import { PassedOn } from './passed-on.js';
import { WaitingLine } from './waiting-line.js';

/** What a connection's record is made of. */
export interface ConnectionRecordParts {
  /** The observer's id. */
  readonly by: string;
  /** Its name of the connection. */
  readonly connection: string;
  /** Which end the observer is, or plays. */
  readonly end: Side;
  readonly showSecrets: boolean;
  readonly emit: (event: TraceEvent) => void;
  /** Of a proxy's leg: the other one, which was there before. Neither is told of ahead of the other. */
  readonly otherLeg?: ConnectionRecord | undefined;
  /** True: frames and chunks are read from the datagrams, since there is no engine that hands them over. */
  readonly readsDatagrams?: boolean;
}

/** One observer's connection. */
export class ConnectionRecord {
  readonly connection: string;
  readonly #parts: ConnectionRecordParts;
  readonly #line: WaitingLine;
  readonly #shown = { sent: { bytes: 0, frames: 0 }, received: { bytes: 0, frames: 0 } };
  #stream: StreamWatch | undefined;
  #datagrams: DatagramWatch | undefined;
  readonly #passed = { client: new PassedOn(), server: new PassedOn() };
  #closed = false;

  constructor(parts: ConnectionRecordParts) {
    const { showSecrets, otherLeg } = parts;
    this.#parts = parts;
    this.connection = parts.connection;
    this.#line = otherLeg ? otherLeg.#line : new WaitingLine();
    this.#line.joinedBy(() => this.#giveUp());
    this.#stream = new StreamWatch({ showSecrets });
    this.#datagrams = new DatagramWatch({ showSecrets }, (from, piece) => {
      if (parts.readsDatagrams) this.#passed[from].read(piece);
    });
  }

  /** Since when something waits to be decided, in nanoseconds since the trace's start. */
  get waitsSince(): number | undefined {
    return this.#line.since;
  }

  /** The transport did something. `leg` is a proxy's other leg. */
  transport(at: number, what: TransportTapEvent['what'], leg?: string): void {
    switch (what.name) {
      case 'bytes': {
        const piece = this.#stream?.take(this.#from(what.direction), what.bytes);
        if (piece) this.#addPiece(at, what.direction, piece, what.bytes);
        break;
      }
      case 'end': {
        const piece = this.#stream?.end(this.#from(what.direction));
        if (piece) this.#addPiece(at, what.direction, piece, undefined);
        this.state(at, { state: what.direction === 'sent' ? 'ended' : 'peer-ended' });
        break;
      }
      case 'closed':
        this.state(at, { state: 'closed', closedBy: what.by, ...(what.error !== undefined && { error: what.error }) });
        this.#closed = true;
        break;
      case 'paused':
      case 'resumed':
      case 'drained':
        this.state(at, { state: what.name });
        break;
      default:
        this.state(at, {
          state: what.name,
          ...(what.local !== undefined && { local: what.local }),
          remote: what.remote,
          ...(leg !== undefined && { leg }),
        });
    }
    if (this.#closed) this.flush();
  }

  /** The connection's state changed. */
  state(at: number, state: Pick<StateEvent, 'state'> & Partial<StateEvent>, basis: Basis = 'observed'): void {
    this.#add(at, { kind: 'state', at, basis, ...this.#who, ...state });
  }

  /** A datagram of the connection went or came. */
  datagram(at: number, event: DatagramTapEvent, packet: Packet | undefined = packetIn(event)): void {
    const { showSecrets, by } = this.#parts;
    const about = { at, by, connection: this.connection };
    const watched = packet && this.#watchDatagram(event, packet);
    if (showSecrets || !watched) this.#add(at, datagramEvent(event, about, undefined, showSecrets));
    else {
      this.#line.add({
        at,
        get settled() {
          return watched.settled;
        },
        bytes: event.bytes.length,
        give: () => this.#parts.emit(datagramEvent(event, about, watched, false)),
      });
    }
    if (this.#parts.readsDatagrams && packet && arrives(event)) this.#addPassed(at, event.direction, packet);
    this.#line.goOn();
    if (this.#closed) this.flush();
  }

  /** The session took a step. */
  session(at: number, { from, event, to }: SessionTapEvent): void {
    this.#add(at, { kind: 'session', at, basis: 'observed', ...this.#who, from, event, to });
  }

  /** Waits for nothing of its own any more. */
  flush(): void {
    if (this.waitsSince === undefined) return;
    this.#giveUp();
    this.#line.goOn();
  }

  /** Lets go of what is remembered of it; what still comes is not understood. */
  retire(): void {
    this.flush();
    this.#stream = undefined;
    this.#datagrams = undefined;
  }

  get #who(): { readonly by: string; readonly connection: string } {
    return { by: this.#parts.by, connection: this.connection };
  }

  #from(direction: Direction): Side {
    const { end } = this.#parts;
    if (direction === 'sent') return end;
    return end === 'client' ? 'server' : 'client';
  }

  #watchDatagram(event: DatagramTapEvent, packet: Packet): ReturnType<DatagramWatch['take']> {
    return this.#datagrams?.take(this.#from(event.direction), event.bytes, packet) ?? strangeDatagram(event.bytes, packet);
  }

  #add(at: number, event: TraceEvent): void {
    this.#line.add({ at, settled: true, bytes: 0, give: () => this.#parts.emit(event) });
  }

  /** What a datagram brings that goes on, and what has waited for it. */
  #addPassed(at: number, direction: Direction, packet: Packet): void {
    for (const frame of 'frames' in packet ? packet.frames : []) {
      if (!('segment' in frame)) continue;
      for (const piece of this.#passed[this.#from(direction)].pass(frame.segment)) this.#addPiece(at, direction, piece, undefined);
    }
  }

  #addPiece(at: number, direction: Direction, piece: Piece, raw: Uint8Array | undefined): void {
    this.#line.add({
      at,
      get settled() {
        return piece.settled;
      },
      bytes: raw?.length ?? 0,
      give: () => this.#givePiece(at, direction, piece, raw),
    });
  }

  /** A chunk, and the frames that it completes. A chunk that decides nothing is not told of: how many there are tells a length. */
  #givePiece(at: number, direction: Direction, { units }: Piece, raw: Uint8Array | undefined): void {
    const { showSecrets, emit } = this.#parts;
    const shown = this.#shown[direction];
    const chunk = showSecrets && !this.#parts.readsDatagrams ? { bytes: raw ? copied(raw) : NOTHING, masks: [] } : join(units);
    const seen = { at, basis: 'observed', ...this.#who, direction } as const;
    if (chunk.bytes.length > 0) emit({ kind: 'chunk', ...seen, offset: shown.bytes, ...chunk } satisfies ChunkEvent);
    shown.bytes += chunk.bytes.length;
    for (const { type, fields, bytes, masks } of units) {
      emit({ kind: 'frame', ...seen, type, fields, offset: shown.frames, bytes, masks } satisfies FrameEvent);
      shown.frames += bytes.length;
    }
  }

  #giveUp(): void {
    this.#stream?.giveUp();
    this.#datagrams?.giveUp();
  }
}

const NOTHING = new Uint8Array(0);
