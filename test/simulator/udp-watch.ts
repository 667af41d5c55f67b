/*
 * Reads every datagram that one endpoint takes and sends, and checks what must hold of them: no state without a cookie
 * that was given out, no more than three times back to an address that has not shown itself, nothing beyond the peer's
 * credit or the congestion window, credit that never retreats, packet numbers that are never used twice,
 * datagrams that are too large, probes that carry data.
 */
import { crc32 } from 'node:zlib';
import type { ConnectionMachine } from '../../transports/udp/engine/connection.js';
import type { EndpointMachine } from '../../transports/udp/engine/endpoint.js';
import type { EngineSettings } from '../../transports/udp/engine/settings.js';
import { decodePacket } from '../../transports/udp/wire/decode.js';
import type { ConnectionPacket, Packet, PacketOf } from '../../transports/udp/wire/packets.js';
import { must } from './journal.js';

/** What goes back to an address at most before it has shown itself. */
const AMPLIFICATION = 3;
/** Probes that a timeout allows beyond the window. RFC 9002 section 6.2.4. */
const PROBES_PER_TIMEOUT = 2;

/** What is known of one connection, by the peer's address and the ID under which packets reach the sender. */
interface Watched {
  granted: number;
  offered: number;
  lastNumber: number;
  timeouts: number;
  probes: number;
}

/** What is known of an address. */
interface Known {
  received: number;
  sent: number;
  /** It has shown that it receives what goes there. */
  isValid: boolean;
  /** The tokens that were sent there. */
  readonly asked: Set<number>;
}

/** Watches one endpoint. */
export class UdpWatch {
  readonly #addresses = new Map<string, Known>();
  readonly #cookies = new Map<string, number>();
  readonly #connections = new Map<ConnectionMachine, Watched>();
  readonly #reads = new Map<ConnectionMachine, number>();
  #taken: { readonly from: string; readonly packet: Packet | undefined; readonly now: number } | undefined;
  #sizes = '';

  /** Whether the endpoint takes connections. */
  readonly listens: boolean;
  private readonly name: string;

  constructor(
    private readonly endpoint: EndpointMachine,
    private readonly settings: EngineSettings,
    { name, listens }: { readonly name: string; readonly listens: boolean },
  ) {
    this.name = name;
    this.listens = listens;
  }

  /** This endpoint has asked for a connection: the address is of its own choosing. */
  dialled(machine: ConnectionMachine): void {
    this.#address(machine.address).isValid = true;
    this.#of(machine);
  }

  /** A segment was read. */
  read(machine: ConnectionMachine): void {
    this.#reads.set(machine, (this.#reads.get(machine) ?? 0) + 1);
  }

  forget(machine: ConnectionMachine): void {
    this.#connections.delete(machine);
    this.#reads.delete(machine);
  }

  /** A datagram is about to be taken. */
  handling(from: string, datagram: Uint8Array, now: number): void {
    this.#address(from).received += datagram.length;
    const packet = packetIn(datagram);
    this.#taken = { from, packet, now };
    const address = this.#address(from);
    const frames = packet && 'frames' in packet ? packet.frames : [];
    if (frames.some((frame) => frame.type === 'PATH_RESPONSE' && address.asked.has(frame.token))) address.isValid = true;
    this.#sizes = this.#state;
  }

  /** It was taken. */
  handled(): void {
    const { from, packet, now } = this.#taken ?? { from: '', packet: undefined, now: 0 };
    const was = this.#sizes.split(' ').map(Number) as [number, number];
    if (this.endpoint.size > was[0] || this.endpoint.remembered > was[1]) {
      must(packet?.type === 'CONNECT', () => `cookie: ${this.name} keeps something for a ${packet?.type ?? 'broken datagram'} of ${from}`);
      const madeAt = this.#cookies.get(cookieKey(from, packet));
      must(madeAt !== undefined, () => `cookie: ${this.name} keeps something for ${from}, which brought no cookie that was given to it`);
      must(now <= madeAt + this.settings.cookieLifetimeMs + 1, () => `cookie: ${this.name} took an old one of ${from}`);
      this.#address(from).isValid = true;
    }
    must(packet !== undefined || this.#state === this.#sizes, () => `cookie: ${this.name} changed for a broken datagram`);
  }

  /** A packet was taken for a connection: what the peer granted in it counts from now on. */
  granted(machines: Iterable<ConnectionMachine>): void {
    const { packet } = this.#taken ?? {};
    if (!packet) return;
    const credits = 'frames' in packet ? packet.frames.flatMap((frame) => (frame.type === 'ACK' ? [frame.credit] : [])) : [];
    if (packet.type === 'COOKIE' || packet.type === 'CONNECT') credits.push(packet.parameters.credit);
    if (credits.length === 0) return;
    for (const machine of machines) {
      if (machine.id !== packet.destination) continue;
      const watched = this.#of(machine);
      watched.granted = Math.max(watched.granted, ...credits);
    }
  }

  /** A datagram goes; says in words what it is. */
  sent(to: string, datagram: Uint8Array, machines: Iterable<ConnectionMachine>): string {
    const packet = packetIn(datagram);
    must(packet !== undefined, () => `packets: ${this.name} sent what is no packet`);
    const address = this.#address(to);
    address.sent += datagram.length;
    const isFair = address.isValid || address.sent <= AMPLIFICATION * address.received;
    must(isFair, () => `amplification: ${this.name} sent ${address.sent} bytes to ${to}, which sent ${address.received}`);
    if (packet.type === 'COOKIE')
      this.#cookies.set(cookieKey(to, { ...packet, client: packet.destination, destination: packet.server }), packet.time);
    if (packet.type !== 'OPEN' && packet.type !== 'CONNECT') return packet.type;
    const { maxDatagramBytes } = this.settings;
    must(
      datagram.length <= maxDatagramBytes,
      () => `size: ${this.name} sent ${datagram.length} bytes, and ${maxDatagramBytes} are allowed`,
    );
    const types = new Set(packet.frames.map(({ type }) => type));
    const isClean = !types.has('PADDING') || (types.size === 2 && types.has('PING'));
    must(isClean, () => `size: ${this.name} sent a probe with ${[...types].join(', ')}`);
    for (const frame of packet.frames) if (frame.type === 'PATH_CHALLENGE') address.asked.add(frame.token);
    for (const machine of machines) {
      if (machine.peerId === packet.destination && machine.address === to) this.#check(machine, packet, datagram.length);
    }
    return `${packet.type} ${packet.number}: ${packet.frames.map((frame) => ('segment' in frame ? `${frame.type} ${frame.segment}` : frame.type)).join(', ')}`;
  }

  #check(machine: ConnectionMachine, packet: ConnectionPacket, bytes: number): void {
    const watched = this.#of(machine);
    const where = `${this.name} to ${machine.address}`;
    must(packet.number > watched.lastNumber, () => `packets: ${where}: number ${packet.number} after ${watched.lastNumber}`);
    watched.lastNumber = packet.number;
    let hasData = false;
    for (const frame of packet.frames) {
      if (frame.type === 'DATA' || frame.type === 'FIN') {
        hasData = true;
        must(frame.segment < watched.granted, () => `credit: ${where}: segment ${frame.segment}, and the credit is ${watched.granted}`);
      } else if (frame.type === 'ACK') {
        must(frame.credit >= watched.offered, () => `credit: ${where}: retreats from ${watched.offered} to ${frame.credit}`);
        watched.offered = frame.credit;
        const most = (this.#reads.get(machine) ?? 0) + this.settings.creditSegments;
        must(frame.credit <= most, () => `credit: ${where}: ${frame.credit} were granted, and there is room up to ${most}`);
      }
    }
    if (hasData) this.#checkWindow(machine, watched, bytes, where);
  }

  #checkWindow(machine: ConnectionMachine, watched: Watched, bytes: number, where: string): void {
    const { inFlightBytes, windowBytes, timeouts } = machine.stats;
    watched.probes += PROBES_PER_TIMEOUT * (timeouts - watched.timeouts);
    watched.timeouts = timeouts;
    if (inFlightBytes <= windowBytes || inFlightBytes === bytes) return; // one packet may always go
    must(watched.probes > 0, () => `window: ${where}: ${inFlightBytes} bytes in flight, and the window is ${windowBytes}`);
    watched.probes--;
  }

  #of(machine: ConnectionMachine): Watched {
    const watched = this.#connections.get(machine) ?? { granted: 0, offered: 0, lastNumber: 0, timeouts: 0, probes: 0 };
    this.#connections.set(machine, watched);
    return watched;
  }

  #address(address: string): Known {
    const known = this.#addresses.get(address) ?? { received: 0, sent: 0, isValid: false, asked: new Set() };
    this.#addresses.set(address, known);
    return known;
  }

  get #state(): string {
    return `${this.endpoint.size} ${this.endpoint.remembered}`;
  }
}

function packetIn(datagram: Uint8Array): Packet | undefined {
  try {
    return decodePacket(datagram, (bytes) => crc32(bytes));
  } catch {
    return undefined;
  }
}

function cookieKey(
  address: string,
  { client, destination, time, mac }: Pick<PacketOf<'CONNECT'>, 'client' | 'destination' | 'time' | 'mac'>,
): string {
  return `${address} ${client} ${destination} ${time} ${String(mac)}`;
}
