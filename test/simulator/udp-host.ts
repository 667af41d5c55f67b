/*
 * A process with a UDP socket: an EndpointMachine, its wires and its timer; what transports/udp/driver/port.ts is to a
 * real socket. What it sends goes to the network, which loses it or brings it.
 */
import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Timer } from '../../lib/clock.js';
import type { ConnectionMachine } from '../../transports/udp/engine/connection.js';
import { EndpointMachine } from '../../transports/udp/engine/endpoint.js';
import type { EngineSettings } from '../../transports/udp/engine/settings.js';
import type { CountedClock } from './counted-clock.js';
import type { Dice } from './dice.js';
import { UdpWatch } from './udp-watch.js';
import type { UdpWire } from './udp-wire.js';

/** What a host is made of. */
export interface UdpHostParts {
  readonly address: string;
  readonly clock: CountedClock;
  readonly dice: Dice;
  readonly settings: EngineSettings;
  /** Whether it takes connections, or only dials. */
  readonly listens: boolean;
  /** A datagram goes; `words` says what is in it. */
  readonly transmit: (to: string, datagram: Uint8Array, words: string) => void;
  readonly onAccepted: (machine: ConnectionMachine) => void;
}

/** A socket with an engine behind it. */
export class UdpHost {
  readonly address: string;
  readonly endpoint: EndpointMachine;
  readonly watch: UdpWatch;
  /** All connections that are not gone. */
  readonly machines = new Set<ConnectionMachine>();
  readonly wires = new Map<ConnectionMachine, UdpWire>();
  /** Who waits for a dial. */
  readonly dialling = new Map<ConnectionMachine, (error: string | undefined) => void>();
  isDead = false;
  readonly #parts: UdpHostParts;
  #flushDue = false;
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(parts: UdpHostParts) {
    const { address, dice, settings, listens } = parts;
    const key = dice.bytes(32);
    this.address = address;
    this.#parts = parts;
    this.endpoint = new EndpointMachine({
      primitives: {
        random: (count) => dice.bytes(count),
        mac: (message) => new Uint8Array(createHmac('sha256', key).update(message).digest().subarray(0, 16)),
        crc32: (bytes) => crc32(bytes),
      },
      settings,
      ...(listens && { mayAccept: () => true }),
    });
    this.watch = new UdpWatch(this.endpoint, settings, { name: address, listens });
  }

  handle(from: string, datagram: Uint8Array): void {
    if (this.isDead) return;
    const now = this.#parts.clock.now();
    this.watch.handling(from, datagram, now);
    this.endpoint.handleDatagram(from, datagram, now);
    this.watch.handled();
    this.#hear();
    this.watch.granted(this.machines);
    this.wake();
  }

  /** Something may be to be sent: looked at when this turn is over. */
  wake(machine?: ConnectionMachine): void {
    if (machine) this.endpoint.wake(machine);
    if (this.#flushDue || this.isDead) return;
    this.#flushDue = true;
    this.#parts.clock.afterTurn(() => {
      this.#flushDue = false;
      if (!this.isDead) this.#flush();
    });
  }

  die(): void {
    this.isDead = true;
    this.#timer?.cancel();
    for (const wire of this.wires.values()) wire.die();
  }

  #forget(machine: ConnectionMachine): void {
    this.machines.delete(machine);
    this.wires.delete(machine);
    this.watch.forget(machine);
  }

  #flush(): void {
    const now = this.#parts.clock.now();
    for (let next = this.endpoint.pollTransmit(now); next; next = this.endpoint.pollTransmit(now)) {
      this.#parts.transmit(next.to, next.datagram, this.watch.sent(next.to, next.datagram, this.machines));
    }
    this.#hear();
    for (const wire of this.wires.values()) wire.tellIfSent();
    this.#planTimeout(now);
  }

  #planTimeout(now: number): void {
    const at = this.endpoint.pollTimeout();
    if (at >= this.#timerAt) return;
    this.#timer?.cancel();
    this.#timerAt = at;
    this.#timer = this.#parts.clock.setTimer(Math.max(0, at - now), () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.endpoint.handleTimeout(this.#parts.clock.now());
      this.#hear();
      this.#flush();
    });
  }

  #hear(): void {
    for (let told = this.endpoint.pollEvent(); told; told = this.endpoint.pollEvent()) {
      const { connection, event } = told;
      const dialled = this.dialling.get(connection);
      if (event.type === 'accepted') {
        this.machines.add(connection);
        this.#parts.onAccepted(connection);
      }
      if (dialled && (event.type === 'open' || event.type === 'closed')) {
        this.dialling.delete(connection);
        dialled(event.type === 'open' ? undefined : event.closed.why);
      } else if (event.type !== 'accepted') this.wires.get(connection)?.take(event);
      if (event.type === 'gone') this.#forget(connection);
    }
  }
}
