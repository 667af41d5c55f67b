/*
 * One run: the real engine at both ends, the seeded link between them, and virtual time, recorded event by event. It is
 * made as far as somebody looks, and is a pure function of settings and interventions: to go back is to look at an
 * earlier event, to change something is to run anew, which gives the same past.
 */
import type { Resent } from '../../lib/trace.js';
import type { ConnectionMachine } from '../../transports/udp/engine/connection.js';
import { EndpointMachine } from '../../transports/udp/engine/endpoint.js';
import type { TimerName } from '../../transports/udp/engine/timers.js';
import { primitives } from '../primitives.js';
import { Attacker } from './attacker.js';
import type { Happening, ReceiverState, RunEvent, SenderState } from './event.js';
import { type Intervention, inOrder } from './intervention.js';
import { type Flight, type Origin, packetOf, type RunPacket } from './packet.js';
import { engineOf, faultsOf, roundTripMs, transmissionMs } from './profile.js';
import type { RunSettings } from './settings.js';
import { Supply } from './supply.js';
import { Wire } from './wire.js';

/** A run is no longer than this: what nobody will look through shall not fill the memory. */
export const MOST_EVENTS = 20_000;

const NOTHING = { timeouts: 0, lost: 0 };
/** Where the attacker says that it is. Nobody there has asked for anything. */
const ELSEWHERE = 'elsewhere';

/** A run, as far as it was made. */
export class Run {
  readonly settings: RunSettings;
  readonly interventions: readonly Intervention[];
  readonly events: RunEvent[] = [];
  /** All packets, by their place minus one. */
  readonly packets: RunPacket[] = [];
  readonly #sender: EndpointMachine;
  readonly #receiver: EndpointMachine;
  readonly #attacker: Attacker;
  readonly #there: Wire;
  readonly #back: Wire;
  readonly #machine: ConnectionMachine;
  readonly #supply: Supply;
  readonly #toCome: Intervention[];
  #accepted: ConnectionMachine | undefined;
  #delivered = 0;
  #now = 0;
  /** When the sender's connection stood. */
  openedAt = Number.POSITIVE_INFINITY;

  constructor(settings: RunSettings, interventions: readonly Intervention[] = []) {
    this.settings = settings;
    this.interventions = interventions;
    this.#toCome = inOrder(interventions);
    const { seed } = settings;
    const engine = engineOf(settings);
    const faults = faultsOf(settings);
    this.#receiver = new EndpointMachine({ primitives: primitives(seed), settings: engine, mayAccept: () => true });
    this.#sender = new EndpointMachine({ primitives: primitives(seed + 1), settings: engine });
    this.#attacker = new Attacker(engine, settings);
    const usualMs = roundTripMs(settings) - settings.delayMs;
    this.#there = new Wire(faults.there, 'client', usualMs);
    this.#back = new Wire(faults.back, 'server', settings.delayMs);
    this.#machine = this.#sender.connect('receiver', 0);
    this.#machine.explainResent();
    this.#supply = new Supply(settings);
    this.#flush();
  }

  /** When something happens next; Infinity if the run is over. */
  get next(): number {
    if (this.events.length >= MOST_EVENTS) return Number.POSITIVE_INFINITY;
    const network = Math.min(this.#there.next, this.#back.next);
    const timers = Math.min(this.#sender.pollTimeout(), this.#receiver.pollTimeout());
    const people = Math.min(this.#toCome[0]?.atMs ?? Number.POSITIVE_INFINITY, this.#attacker.next, this.#supply.next);
    return Math.max(this.#now, Math.min(network, timers, people));
  }

  /** Makes the run up to a time, that time included. */
  advance(until: number): void {
    while (this.next <= until) this.#step(this.next);
  }

  /** Makes the run until there are so many events, or no more. */
  make(count: number): void {
    while (this.events.length < count && this.next < Number.POSITIVE_INFINITY) this.#step(this.next);
  }

  /** How many events there are by a time, that time included; as far as the run was made. */
  countAt(at: number): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle] as RunEvent).at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The share of the line's time that carried something new, from when the connection stood until an event; as lab/measure.ts counts. */
  utilisationAt({ at, receiver }: RunEvent): number | undefined {
    return at > this.openedAt ? (receiver.delivered * transmissionMs(this.settings)) / (at - this.openedAt) : undefined;
  }

  #step(now: number): void {
    this.#now = now;
    for (let next = this.#toCome[0]; next && next.atMs <= now; next = this.#toCome[0]) {
      this.#toCome.shift();
      this.#intervene(next);
    }
    // What arrives comes before what is given up: an ACK that is just in time is in time.
    for (let flight = this.#there.pull(now); flight; flight = this.#there.pull(now)) this.#end(flight);
    for (let flight = this.#back.pull(now); flight; flight = this.#back.pull(now)) this.#end(flight);
    this.#expire('receiver', this.#receiver, this.#accepted);
    this.#expire('sender', this.#sender, this.#machine);
    this.#flush();
  }

  #intervene(intervention: Intervention): void {
    const packet = this.packets[intervention.packet - 1];
    if (!packet) return;
    const wire = packet.from === 'receiver' ? this.#back : this.#there;
    if (wire.intervene(intervention, packet, this.#now)) this.#tell({ type: intervention.does, packet, byMs: intervention.byMs });
  }

  #end({ packet, datagram, end }: Flight): void {
    if (end === 'arrived') {
      const from = packet.from === 'attacker' ? ELSEWHERE : packet.from;
      if (packet.to === 'receiver') this.#receiver.handleDatagram(from, datagram, this.#now);
      if (packet.to === 'sender') this.#sender.handleDatagram(from, datagram, this.#now);
      this.#hear();
    }
    this.#tell({ type: end === 'lost' || end === 'overflow' ? end : 'arrived', packet });
  }

  #expire(side: 'sender' | 'receiver', endpoint: EndpointMachine, machine: ConnectionMachine | undefined): void {
    if (endpoint.pollTimeout() > this.#now) return;
    const over = Object.entries(machine?.snapshot.timers ?? {}).filter(([, at]) => at <= this.#now);
    const { timeouts, lost } = machine?.stats ?? NOTHING;
    endpoint.handleTimeout(this.#now);
    this.#hear();
    const { stats } = machine ?? {};
    // That the line or the pacer is free again is no news, and neither is a timer whose ACK came at the same moment.
    const isNews = (timer: string) => (timer === 'loss' ? stats && (stats.timeouts > timeouts || stats.lost > lost) : timer !== 'pacing');
    for (const [timer] of over) if (isNews(timer)) this.#tell({ type: 'timer', side, timer: timer as TimerName });
  }

  /** What both engines tell; and the receiver's application reads at once. */
  #hear(): void {
    for (let told = this.#receiver.pollEvent(); told; told = this.#receiver.pollEvent()) {
      if (told.event.type === 'accepted') this.#accepted = told.connection;
      if (told.event.type === 'readable') this.#read(told.connection);
    }
    for (let told = this.#sender.pollEvent(); told; told = this.#sender.pollEvent()) {
      if (told.event.type === 'open') this.openedAt = this.#now;
    }
  }

  #read(connection: ConnectionMachine): void {
    while (connection.read()) this.#delivered += 1;
    if (connection.atEnd) connection.finish();
    this.#receiver.wake(connection);
  }

  #flush(): void {
    this.#transmit('receiver', this.#receiver, this.#back);
    this.#feed();
    this.#transmit('sender', this.#sender, this.#there);
    for (let forged = this.#attacker.pollTransmit(this.#now); forged; forged = this.#attacker.pollTransmit(this.#now)) {
      this.#push({ from: 'attacker', to: 'receiver', again: [] }, forged, this.#there);
    }
  }

  #transmit(from: 'sender' | 'receiver', endpoint: EndpointMachine, wire: Wire): void {
    for (let sent = endpoint.pollTransmit(this.#now); sent; sent = endpoint.pollTransmit(this.#now)) {
      const to = from === 'sender' ? 'receiver' : sent.to === ELSEWHERE ? ELSEWHERE : 'sender';
      this.#push({ from, to, again: sent.again ?? [] }, sent.datagram, wire);
      if (from === 'sender') this.#feed(); // the supply may be endless: never more than a little of it waits
    }
    this.#hear();
  }

  #feed(): void {
    if (this.#machine.state === 'open' && this.#supply.feed(this.#machine, this.#now)) this.#sender.wake(this.#machine);
  }

  #push(parts: { from: Origin; to: RunPacket['to']; again: readonly Resent[] }, datagram: Uint8Array, wire: Wire): void {
    const packet = packetOf(datagram, { ...parts, n: this.packets.length + 1, sentAt: this.#now });
    this.packets.push(packet);
    wire.push(packet, datagram, this.#now);
    this.#tell({ type: 'sent', packet });
  }

  #tell(happening: Happening): void {
    this.events.push({ at: this.#now, ...happening, sender: this.#senderState(), receiver: this.#receiverState() });
  }

  #senderState(): SenderState {
    const { snapshot, state, stats } = this.#machine;
    const { timeouts, retransmitted, bundled, spurious } = stats;
    return { state, ...snapshot.sender, timers: snapshot.timers, timeouts, retransmitted, bundled, spurious };
  }

  #receiverState(): ReceiverState {
    const machine = this.#accepted;
    return {
      state: machine?.state ?? 'listening',
      ...(machine?.snapshot.receiver ?? { next: 0, early: [] }),
      delivered: this.#delivered,
      duplicates: machine?.stats.duplicates ?? 0,
      connections: this.#receiver.size,
    };
  }
}
