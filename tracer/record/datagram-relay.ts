/*
 * What a proxy sees that relays datagrams between a client and a server and has no engine: it says what it received and
 * what it sent on, and here is found out which connections that are (one socket may have several), so that each is read
 * as a stream of its own. A proxy has two legs, and each is observed by itself: a datagram may be lost between them.
 */
import type { DatagramTapEvent } from '../../lib/trace.js';
import { type Packet, REFUSED } from '../../transports/udp/wire/packets.js';
import type { Side } from '../redact/index.js';
import type { ConnectionRecord } from './connection-record.js';
import { arrives, packetIn } from './datagram.js';

/** A proxy's socket and the other end's, as addresses: `udp://127.0.0.1:4000`. */
export interface Leg {
  readonly local: string;
  readonly remote: string;
}

/** The leg to the client, and the one to the server. */
export interface RelayLegs {
  readonly client: Leg;
  readonly server: Leg;
}

/** Takes what a proxy relays. */
export interface DatagramRelay {
  /** A datagram that this side sent came in. */
  received(from: Side, datagram: Uint8Array, atMs: number): void;
  /** It was sent on to the other side, or what became of it. */
  sent(from: Side, datagram: Uint8Array, atMs: number, what?: Pick<DatagramTapEvent, 'fate' | 'spoiled'>): void;
}

/** What a relay needs of its recorder. */
export interface RelayPorts {
  newRecord(name: string, end: Side): ConnectionRecord;
  /** A number for the next connection. */
  nextNumber(): number;
  retire(record: ConnectionRecord): void;
  nanoseconds(atMs: number): number;
  /** A datagram of no connection that is known. */
  ofNobody(at: number, event: DatagramTapEvent): void;
}

/** One connection on one leg. */
interface LegRecord {
  readonly record: ConnectionRecord;
  dialled: boolean;
  stands: boolean;
  readonly closing: Set<Side>;
}

/** Begins to watch a relay. */
export function datagramRelay(legs: RelayLegs, ports: RelayPorts): DatagramRelay {
  const byClient = new Map<number, Readonly<Record<Side, LegRecord>>>();
  const clientOfServer = new Map<number, number>();

  function clientIn(packet: Packet, from: Side): number | undefined {
    if (packet.type === 'SYN') return packet.client;
    if (packet.type === 'COOKIE') clientOfServer.set(packet.server, packet.destination);
    if (packet.type === 'CONNECT') clientOfServer.set(packet.destination, packet.client);
    if (packet.type === 'COOKIE' || (packet.type === 'RST' && (packet.flags & REFUSED) !== 0)) return packet.destination;
    if (packet.type === 'CONNECT') return packet.client;
    if (packet.type === 'RST') return from === 'client' ? packet.destination : clientOfServer.get(packet.destination);
    return from === 'server' ? packet.destination : clientOfServer.get(packet.destination);
  }

  function recordsOf(client: number, isSyn: boolean): Readonly<Record<Side, LegRecord>> | undefined {
    const known = byClient.get(client);
    if (known || !isSyn) return known;
    const number = ports.nextNumber();
    const leg = (side: Side, end: Side): LegRecord => ({
      record: ports.newRecord(`relay-${number}-${side}`, end),
      dialled: false,
      stands: false,
      closing: new Set(),
    });
    const made = { client: leg('client', 'server'), server: leg('server', 'client') };
    byClient.set(client, made);
    return made;
  }

  function see(leg: Side, from: Side, bytes: Uint8Array, atMs: number, what: Pick<DatagramTapEvent, 'fate' | 'spoiled'> = {}): void {
    const packet = packetIn({ bytes, ...what });
    const direction = leg === from ? 'received' : 'sent';
    const event: DatagramTapEvent = {
      ...{ layer: 'datagram', at: atMs, ...legs[leg], direction, bytes, ...what },
      ...(!packet && { fate: 'malformed' as const }),
    };
    const at = ports.nanoseconds(atMs);
    const client = packet && clientIn(packet, from);
    const both = client === undefined ? undefined : recordsOf(client, packet?.type === 'SYN' || packet?.type === 'CONNECT');
    if (!both || !packet) return ports.ofNobody(at, event);
    const mine = both[leg];
    const begins = !mine.stands && opens(leg, packet);
    if (leg === 'server' && packet.type === 'SYN' && !mine.dialled) {
      mine.dialled = true;
      mine.record.state(at, { state: 'dialling', remote: legs.server.remote }, 'inferred');
    }
    mine.record.datagram(at, event, packet);
    if (begins) {
      mine.stands = true;
      const other = both[leg === 'client' ? 'server' : 'client'].record.connection;
      mine.record.state(at, { state: leg === 'client' ? 'accepted' : 'open', ...legs[leg], leg: other }, 'inferred');
    }
    if (arrives(what)) tellEnd(mine, leg, from, packet, at);
  }

  function tellEnd({ record, closing }: LegRecord, leg: Side, from: Side, packet: Packet, at: number): void {
    if (closing.size === 2) return;
    const reset = packet.type === 'RST';
    if (reset || ('frames' in packet && packet.frames.some(({ type }) => type === 'CLOSE'))) closing.add(from);
    if (reset) closing.add('client').add('server');
    if (closing.size < 2) return;
    const [first] = closing;
    const by = reset ? from : first;
    record.state(at, { state: 'closed', closedBy: by === leg ? 'remote' : 'local' }, 'inferred');
    record.flush();
    ports.retire(record);
  }

  return {
    received: (from, datagram, atMs) => see(from, from, datagram, atMs),
    sent: (from, datagram, atMs, what) => see(from === 'client' ? 'server' : 'client', from, datagram, atMs, what),
  };
}

/** Whether a packet makes the connection stand on a leg: the client brings its cookie, the server speaks on it. */
function opens(leg: Side, { type }: Packet): boolean {
  return leg === 'client' ? type === 'CONNECT' : type === 'OPEN';
}
