/*
 * The network of datagrams: hosts with UDP engines, and a bad link in each direction between any two. Knows for every
 * connection what was written at either end, so that a wire can check what it reads.
 */

import { type Faults, Link, NO_FAULTS } from '../../transports/link/index.js';
import type { ConnectionMachine } from '../../transports/udp/engine/connection.js';
import type { Attacker } from './attacker.js';
import type { CountedClock } from './counted-clock.js';
import type { Dice } from './dice.js';
import { type Journal, must } from './journal.js';
import { drawEngine, type Scenario } from './scenario.js';
import { Stream } from './stream.js';
import { UdpHost } from './udp-host.js';
import { UdpWire } from './udp-wire.js';
import type { Dialled, Network, Wire } from './wire.js';

/** What a link is like once nothing goes wrong. */
const SOUND: Faults = { ...NO_FAULTS, delayMs: 5 };

/** Both directions of a connection. */
interface Pair {
  readonly id: string;
  readonly up: Stream;
  readonly down: Stream;
  isAccepted: boolean;
}

interface Way {
  readonly link: Link;
  dueAt: number;
}

/** What the network is made of. */
export interface UdpNetworkParts {
  readonly clock: CountedClock;
  readonly dice: Dice;
  readonly scenario: Scenario;
  readonly journal: Journal;
  readonly attacker: Attacker | undefined;
}

/** Carries connections over datagrams. */
export class UdpNetwork implements Network {
  readonly #parts: UdpNetworkParts;
  readonly #startedAt: number;
  readonly #hosts = new Map<string, UdpHost>();
  readonly #ways = new Map<string, Way>();
  readonly #pairs = new Map<string, Pair>();
  /** Under which address others see a host that a NAT has given another one. */
  readonly #outside = new Map<string, string>();
  #faults: Faults;
  #dialled = 0;
  sent = 0;

  constructor(parts: UdpNetworkParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
    this.#faults = parts.scenario.link;
    for (const atMs of parts.scenario.rebindings) parts.clock.setTimer(atMs, () => this.#rebind());
    parts.attacker?.attack((from, to, datagram) => this.#transmit(from, to, datagram));
  }

  listen(address: string, accept: (wire: Wire) => void): void {
    this.#host(address, (machine) => this.#accepted(address, machine, accept));
  }

  dial(from: string, to: string, dialled: (outcome: Dialled) => void): void {
    const host = this.#hosts.get(from) ?? this.#host(from);
    const machine = host.endpoint.connect(to, this.#parts.clock.now());
    const id = `${from}-${++this.#dialled}`;
    const pair = { id, up: new Stream(`${id} up`), down: new Stream(`${id} down`), isAccepted: false };
    this.#pairs.set(pairKey(from, machine.id), pair);
    host.watch.dialled(machine);
    host.machines.add(machine);
    host.dialling.set(machine, (error) => {
      if (error !== undefined) return dialled({ error });
      dialled({ wire: this.#wire(host, machine, { id, incoming: pair.down, outgoing: pair.up }) });
    });
    host.wake();
  }

  crash(address: string): void {
    this.#hosts.get(address)?.die();
    this.#hosts.delete(address);
  }

  heal(): void {
    this.#faults = SOUND;
    this.#ways.clear(); // what is on its way comes out of the old ones
    this.#parts.attacker?.stop();
  }

  mustBeEmpty(): void {
    for (const { address, endpoint } of this.#hosts.values()) {
      endpoint.handleTimeout(this.#parts.clock.now());
      must(endpoint.size === 0, () => `memory: ${address} keeps ${endpoint.size} connections`);
      must(endpoint.remembered === 0, () => `memory: ${address} remembers ${endpoint.remembered} clients`);
    }
  }

  #host(address: string, onAccepted?: (machine: ConnectionMachine) => void): UdpHost {
    const { clock, dice, scenario, journal } = this.#parts;
    const host = new UdpHost({
      ...{ address, clock, dice: dice.fork(), settings: drawEngine(scenario, dice) },
      listens: onAccepted !== undefined,
      transmit: (to, datagram, words) => {
        journal.step(address, `-> ${to} ${words}`);
        this.sent++;
        this.#parts.attacker?.overhear(address, to, datagram);
        this.#transmit(address, to, datagram);
      },
      onAccepted: onAccepted ?? (() => must(false, () => `${address} accepted a connection and does not listen`)),
    });
    this.#hosts.set(address, host);
    return host;
  }

  #accepted(address: string, machine: ConnectionMachine, accept: (wire: Wire) => void): void {
    const host = this.#hosts.get(address) as UdpHost;
    const pair = this.#pairs.get(pairKey(insideOf(machine.address), machine.peerId));
    must(pair !== undefined, () => `cookie: ${address} accepted a connection of ${machine.address} that nobody has dialled`);
    must(!pair.isAccepted, () => `cookie: ${address} accepted ${pair.id} twice`);
    pair.isAccepted = true;
    accept(this.#wire(host, machine, { id: pair.id, incoming: pair.up, outgoing: pair.down }));
  }

  #wire(host: UdpHost, machine: ConnectionMachine, parts: { id: string; incoming: Stream; outgoing: Stream }): UdpWire {
    const { clock } = this.#parts;
    const wire = new UdpWire({
      ...parts,
      machine,
      wake: () => host.wake(machine),
      afterTurn: (callback) => clock.afterTurn(callback),
      onRead: () => host.watch.read(machine),
    });
    host.wires.set(machine, wire);
    return wire;
  }

  /** A NAT gives a client another address; what goes to the old one is lost. */
  #rebind(): void {
    const clients = [...this.#hosts.values()].filter(({ watch }) => !watch.listens).map(({ address }) => address);
    if (clients.length === 0) return;
    const client = this.#parts.dice.pick(clients);
    const times = Number(this.#outside.get(client)?.split(NAT)[1] ?? 0);
    this.#outside.set(client, `${client}${NAT}${times + 1}`);
    this.#parts.journal.step(client, `is ${this.#outside.get(client)} from now on`);
  }

  #transmit(inside: string, to: string, datagram: Uint8Array): void {
    const from = this.#outside.get(inside) ?? inside;
    const { clock } = this.#parts;
    const now = clock.now();
    const key = `${from}>${to}`;
    const way = this.#ways.get(key) ?? { link: this.#newLink(from), dueAt: Number.POSITIVE_INFINITY };
    this.#ways.set(key, way);
    way.link.push(datagram, undefined, now);
    this.#plan(way, from, to);
  }

  #newLink(from: string): Link {
    const faults = { ...this.#faults, seed: this.#parts.dice.whole(1, 2 ** 31) };
    return new Link({ faults, side: from.startsWith('s') ? 'server' : 'client', now: this.#startedAt });
  }

  #arrive(from: string, to: string, datagram: Uint8Array): void {
    const inside = insideOf(to);
    if ((this.#outside.get(inside) ?? inside) === to) this.#hosts.get(inside)?.handle(from, datagram);
  }

  #plan(way: Way, from: string, to: string): void {
    const { clock } = this.#parts;
    const at = way.link.next;
    if (at >= way.dueAt) return;
    way.dueAt = at;
    clock.setTimer(Math.max(0, at - clock.now()), () => {
      if (way.dueAt === at) way.dueAt = Number.POSITIVE_INFINITY;
      for (let next = way.link.pull(clock.now()); next; next = way.link.pull(clock.now())) this.#arrive(from, to, next.datagram);
      this.#plan(way, from, to);
    });
  }
}

/** What stands between a client's address and how often its NAT has given it another. */
const NAT = ' by port ';

function insideOf(address: string): string {
  return address.split(NAT)[0] as string;
}

function pairKey(address: string, id: number): string {
  return `${address} ${id}`;
}
