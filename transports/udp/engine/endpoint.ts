/*
 * The machine of one socket: any number of connections, found by their IDs, and those to come. Who asks for one gets a
 * cookie and no memory; who brings it back gets a connection. Datagrams, calls and time in; datagrams with their
 * destinations, events and the next deadline out.
 */
import { Deadlines, type Scheduled } from '../../../lib/deadlines.js';
import type { Resent } from '../../../lib/trace.js';
import { type Crc32, decodePacket, PacketError } from '../wire/decode.js';
import { PacketWriter } from '../wire/encode.js';
import { type ConnectionPacket, ID_LIMIT, type Packet, type PacketOf, REFUSED, SMALLEST_BYTES } from '../wire/packets.js';
import { Admission, isAcceptable } from './admission.js';
import { ARQ } from './arq/index.js';
import { CONGESTION } from './congestion/index.js';
import { type ConnectionEvent, ConnectionMachine, type Policies } from './connection.js';
import type { Primitives } from './primitives.js';
import type { EngineSettings } from './settings.js';

/** Something that a connection tells, and `accepted` for one that came. */
export interface EndpointEvent {
  readonly connection: ConnectionMachine;
  readonly event: ConnectionEvent | { readonly type: 'accepted' };
}

/** A datagram and where it goes. */
export interface Transmit {
  readonly to: string;
  readonly datagram: Uint8Array;
  /** Whose it is; the endpoint's own are nobody's. */
  readonly connection?: ConnectionMachine;
  /** The segments in it that were sent before, if the connection was asked to explain them. */
  readonly again?: readonly Resent[];
}

/** What an endpoint is made of. */
export interface EndpointParts {
  readonly primitives: Primitives;
  readonly settings: EngineSettings;
  /** Whether one more connection would be taken; absent: this endpoint only dials. */
  readonly mayAccept?: () => boolean;
}

/** Datagrams of the endpoint's own that wait; more are not made, since nobody is owed one. */
const MAX_ANSWERS = 1024;

interface Entry extends Scheduled {
  readonly connection: ConnectionMachine;
  /** Whether the peer dialled. */
  readonly isAccepted: boolean;
}

/** All connections of one socket, without the socket. */
export class EndpointMachine {
  readonly #primitives: Primitives;
  readonly #settings: EngineSettings;
  readonly #crc32: Crc32;
  readonly #writer: PacketWriter;
  readonly #byId = new Map<number, Entry>();
  /** By address and the peer's ID: an RST names only that, and a CONNECT must not make two connections. */
  readonly #byPeer = new Map<string, Entry>();
  readonly #deadlines = new Deadlines<Entry>();
  readonly #ready = new Set<Entry>();
  readonly #answers: Transmit[] = [];
  readonly #events: EndpointEvent[] = [];
  readonly #admission: Admission;
  /** Datagrams that were no packet of ours. */
  malformed = 0;

  constructor({ primitives, settings, mayAccept }: EndpointParts) {
    this.#primitives = primitives;
    this.#settings = settings;
    this.#crc32 = primitives.crc32;
    this.#writer = new PacketWriter(primitives.crc32);
    this.#admission = new Admission(primitives, settings, mayAccept);
  }

  /** How many connections there are, those included that are only not yet forgotten. */
  get size(): number {
    return this.#byId.size;
  }

  /** How many clients are remembered that had a connection. */
  get remembered(): number {
    return this.#admission.remembered;
  }

  /** From now on nobody is let in. */
  stopAccepting(): void {
    this.#admission.stop();
  }

  /** Dials. */
  connect(address: string, now: number): ConnectionMachine {
    return this.#add({ id: this.#newId(), address, settings: this.#settings, now }).connection;
  }

  /** Something was written to a connection, read from it, or it was closed: it may have datagrams to send. */
  wake(connection: ConnectionMachine): void {
    const entry = this.#byId.get(connection.id);
    if (entry) this.#ready.add(entry);
  }

  /** The network says that nobody is at an address. */
  handleUnreachable(address: string): void {
    for (const { connection } of [...this.#byId.values()]) if (connection.address === address) connection.handleUnreachable();
  }

  /** Takes a datagram from an address, whatever it is. Says for whom it was, if it was for somebody. */
  handleDatagram(from: string, datagram: Uint8Array, now: number): ConnectionMachine | 'malformed' | undefined {
    let packet: Packet;
    try {
      packet = decodePacket(datagram, this.#crc32);
    } catch (error) {
      if (!(error instanceof PacketError)) throw error;
      this.malformed += 1;
      return 'malformed';
    }
    switch (packet.type) {
      case 'OPEN':
      case 'CONNECT':
        return this.#handlePacket(from, packet, datagram.length, now);
      case 'SYN':
        return this.#handleSyn(from, packet, datagram.length, now);
      case 'COOKIE':
        return this.#handleCookie(from, packet, now);
      case 'RST':
        return this.#handleReset(from, packet);
    }
  }

  /** Time has come for some connections. */
  handleTimeout(now: number): void {
    for (let entry = this.#deadlines.takeDue(now); entry; entry = this.#deadlines.takeDue(now)) {
      // The deadline may have been put off since it was scheduled; then there is only a new one to find.
      if (entry.connection.pollTimeout() <= now) entry.connection.handleTimeout(now);
      this.#ready.add(entry);
    }
    this.#admission.forget(now);
  }

  /** When {@link handleTimeout} is to be called next, once {@link pollTransmit} has nothing more. */
  pollTimeout(): number {
    return this.#deadlines.next;
  }

  /** The next datagram to send, or nothing for now. */
  pollTransmit(now: number): Transmit | undefined {
    const answer = this.#answers.shift();
    if (answer) return answer;
    for (const entry of this.#ready) {
      const { connection } = entry;
      const datagram = connection.pollTransmit(now);
      if (datagram) {
        const again = connection.takeResent();
        return again ? { to: connection.address, datagram, connection, again } : { to: connection.address, datagram, connection };
      }
      this.#ready.delete(entry);
      if (this.#byId.get(connection.id) === entry) this.#deadlines.schedule(entry, connection.pollTimeout());
    }
    return undefined;
  }

  /** What has happened, in order. */
  pollEvent(): EndpointEvent | undefined {
    return this.#events.shift();
  }

  #handlePacket(from: string, packet: ConnectionPacket, bytes: number, now: number): ConnectionMachine | undefined {
    const entry = this.#byId.get(packet.destination);
    if (!entry) {
      if (packet.type === 'CONNECT') return this.#handleConnect(from, packet, bytes, now);
      if (bytes > SMALLEST_BYTES) this.#answer(from, this.#writer.packet('RST', { destination: packet.destination }, {}));
      return undefined;
    }
    if (entry.connection.address !== from && !this.#mayMove(entry, from, packet)) return undefined;
    entry.connection.handlePacket(packet, bytes, now);
    this.#ready.add(entry);
    return entry.connection;
  }

  /**
   * A packet for a connection comes from another address. A client's server does not move; a server's client may, when
   * its NAT gives it another port. It stays where its cookie was until it has answered from there, too.
   */
  #mayMove(entry: Entry, from: string, packet: ConnectionPacket): boolean {
    const { connection } = entry;
    if (!entry.isAccepted || packet.type !== 'OPEN') return false;
    const before = peerKey(connection.address, connection.peerId);
    if (connection.moves(from, packet)) {
      if (this.#byPeer.get(before) === entry) this.#byPeer.delete(before);
      this.#byPeer.set(peerKey(from, connection.peerId), entry);
      return true;
    }
    const question = connection.noticePath(from, packet.number, () => this.#newId());
    if (question) this.#answer(from, question, connection);
    return false;
  }

  /** A SYN makes nothing; the answer is smaller than the question, so that nobody can be flooded through us. */
  #handleSyn(from: string, packet: PacketOf<'SYN'>, bytes: number, now: number): undefined {
    const answer = this.#admission.onSyn(from, packet, bytes, now, () => this.#newId());
    if (answer === 'refuse') this.#refuse(from, packet.client);
    else if (answer) this.#answer(from, this.#writer.packet('COOKIE', { destination: packet.client }, answer));
  }

  #handleCookie(from: string, packet: PacketOf<'COOKIE'>, now: number): ConnectionMachine | undefined {
    const entry = this.#byId.get(packet.destination);
    if (!entry || entry.connection.address !== from) return undefined;
    if (packet.server === 0 || !isAcceptable(packet.parameters)) return undefined;
    this.#ready.add(entry);
    const { settings } = entry.connection;
    const { arq, congestion } = packet.parameters;
    const differs = settings.arq !== arq || settings.congestion !== congestion;
    if (settings.takesOffer && differs) entry.connection.adopt(policiesOf({ ...settings, arq, congestion }));
    entry.connection.handleCookie(packet, now);
    this.#byPeer.set(peerKey(from, entry.connection.peerId), entry);
    return entry.connection;
  }

  /** A CONNECT for no connection that there is: the only place where a peer makes one. */
  #handleConnect(from: string, packet: PacketOf<'CONNECT'>, bytes: number, now: number): ConnectionMachine | undefined {
    const { client, parameters, time, destination: server } = packet;
    const key = peerKey(from, client);
    const settings = this.#admission.onConnect(from, packet, this.#byPeer.has(key), now);
    if (settings === 'reset') return this.#answer(from, this.#writer.packet('RST', { destination: server }, {}));
    if (settings === 'refuse') return this.#refuse(from, client);
    const entry = this.#add({ id: server, peerId: client, address: from, settings, credit: parameters.credit, now });
    this.#byPeer.set(key, entry);
    entry.connection.accept(parameters, packet.number === 1 ? Math.max(0, now - time) : undefined);
    this.#events.push({ connection: entry.connection, event: { type: 'accepted' } });
    entry.connection.handlePacket(packet, bytes, now);
    this.#ready.add(entry);
    return entry.connection;
  }

  #handleReset(from: string, { flags, destination }: PacketOf<'RST'>): ConnectionMachine | undefined {
    const refused = (flags & REFUSED) !== 0;
    const entry = refused ? this.#byId.get(destination) : this.#byPeer.get(peerKey(from, destination));
    if (!entry || entry.connection.address !== from) return undefined;
    const { connection } = entry;
    if (refused && (connection.state === 'open' || connection.state === 'draining')) return connection; // what stands is not refused
    connection.handleReset(refused);
    return connection;
  }

  #refuse(from: string, client: number): undefined {
    this.#answer(from, this.#writer.packet('RST', { flags: REFUSED, destination: client }, {}));
  }

  #answer(to: string, datagram: Uint8Array, connection?: ConnectionMachine): undefined {
    if (this.#answers.length < MAX_ANSWERS) this.#answers.push({ to, datagram, ...(connection && { connection }) });
  }

  #add(parts: { id: number; peerId?: number; address: string; settings: EngineSettings; credit?: number; now: number }): Entry {
    const report = (event: ConnectionEvent) => {
      if (event.type === 'gone') this.#remove(entry);
      this.#events.push({ connection: entry.connection, event });
    };
    const connection = new ConnectionMachine({ ...parts, ...policiesOf(parts.settings), writer: this.#writer, report });
    const entry: Entry = { connection, isAccepted: parts.peerId !== undefined, scheduledAt: Number.POSITIVE_INFINITY };
    this.#byId.set(connection.id, entry);
    this.#ready.add(entry);
    return entry;
  }

  #remove(entry: Entry): void {
    const { id, address, peerId } = entry.connection;
    this.#byId.delete(id);
    const key = peerKey(address, peerId);
    if (this.#byPeer.get(key) === entry) this.#byPeer.delete(key);
    this.#deadlines.cancel(entry);
    this.#ready.delete(entry);
  }

  /** An ID that nobody can guess and nobody has. */
  #newId(): number {
    for (;;) {
      const bytes = this.#primitives.random(7);
      const id = bytes.reduce((sum, byte) => sum * 256 + byte, 0) % ID_LIMIT;
      if (id !== 0 && !this.#byId.has(id)) return id;
    }
  }
}

/** Settings with the policies that they name. */
function policiesOf(settings: EngineSettings): Policies {
  return { settings, policy: ARQ[settings.arq], makeController: CONGESTION[settings.congestion] };
}

function peerKey(address: string, id: number): string {
  return `${address} ${id}`;
}
