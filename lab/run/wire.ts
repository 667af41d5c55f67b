/*
 * One direction of the network of a run: the seeded link, and beside it what a person does to packets on their way. What
 * the link loses flies half the way, so that one sees it go; what is delayed is held where the link lets it out.
 */
import { Deadlines, type Scheduled } from '../../lib/deadlines.js';
import { type Faults, Link, type LinkSide } from '../../transports/link/index.js';
import type { Intervention } from './intervention.js';
import { type Flight, type RunPacket, shareAt, type Waypoint } from './packet.js';

/** Where on its way what is lost breaks off: on the line, or before the queue. */
const BREAKS_AT = { lost: 0.5, overflow: 0.15 };

interface Waiting extends Scheduled {
  readonly flight: Flight;
}

/** Carries packets one way. */
export class Wire {
  readonly #link: Link<Flight>;
  readonly #usualMs: number;
  /** Flights that are over their time at the link, or were lost there. */
  readonly #waiting = new Deadlines<Waiting>();

  /** @param usualMs how long a packet flies that nothing happens to. */
  constructor(faults: Faults, side: LinkSide, usualMs: number) {
    this.#link = new Link({ faults, side, now: 0 });
    this.#usualMs = usualMs;
  }

  /** When a flight ends next. */
  get next(): number {
    return Math.min(this.#link.next, this.#waiting.next);
  }

  /** A packet begins its flight. */
  push(packet: RunPacket, datagram: Uint8Array, now: number): void {
    const flight: Flight = { packet, datagram, path: [{ at: now, share: 0 }], end: undefined };
    packet.flights.push(flight);
    if (this.#link.push(datagram, flight, now) === 'lost') {
      flight.end = this.#link.overflowed ? 'overflow' : 'lost';
      const share = BREAKS_AT[flight.end];
      this.#goOn(flight, { at: now + this.#usualMs * share, share });
    } else flight.path.push({ at: this.#link.arrivesAt, share: 1 });
  }

  /** The next flight that ends by now, arrived or lost. */
  pull(now: number): Flight | undefined {
    while (this.next <= now) {
      const flight = this.#link.next <= this.#waiting.next ? this.#link.pull(now)?.tag : this.#waiting.takeDue(now)?.flight;
      if (!flight) return undefined;
      if (flight.end === 'killed' || flight.end === 'arrived') continue; // told when it happened
      const { at } = lastOf(flight);
      if (at > now)
        this.#waiting.schedule({ flight, scheduledAt: Number.POSITIVE_INFINITY }, at); // delayed
      else {
        flight.end ??= 'arrived';
        return flight;
      }
    }
    return undefined;
  }

  /** Somebody intervenes. Returns the flight it was done to; nothing if the packet is not on its way here, or already lost. */
  intervene({ does, byMs }: Intervention, packet: RunPacket, now: number): Flight | undefined {
    const flight = packet.flights.find((one) => one.end === undefined && shareAt(one, now) !== undefined);
    if (!flight) return undefined;
    const { at: until } = lastOf(flight);
    const here: Waypoint = { at: now, share: shareAt(flight, now) as number };
    if (does === 'copy') {
      const copy: Flight = { ...flight, path: [here] };
      packet.flights.push(copy);
      this.#goOn(copy, { at: until + byMs, share: 1 });
      return copy;
    }
    flight.path.pop();
    flight.path.push(here);
    if (does === 'kill') flight.end = 'killed';
    else flight.path.push({ at: until + byMs, share: 1 });
    return flight;
  }

  #goOn(flight: Flight, end: Waypoint): void {
    flight.path.push(end);
    this.#waiting.schedule({ flight, scheduledAt: Number.POSITIVE_INFINITY }, end.at);
  }
}

function lastOf({ path }: Flight): Waypoint {
  return path[path.length - 1] as Waypoint;
}
