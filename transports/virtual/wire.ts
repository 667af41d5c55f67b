/*
 * Somebody at the wire of a virtual network: each datagram is held out to him before it goes over, and time stands still
 * while he holds one. Faults come behind him, so that what he lets go may still be lost.
 */
import type { Clock } from '../../lib/clock.js';
import { type Fate, type Faults, type LinkCounts, type LinkSide, layLine, type Passing } from '../link/index.js';
import { namesIn } from '../udp/wire/decode.js';
import type { Carry, Destination } from './network.js';

/** Somebody who holds packets. */
export interface Keeper {
  /** A packet comes. */
  hold(packet: Passing): void;
  /** Whether time stands still. */
  readonly holds: boolean;
  /** Resolves when it goes on. */
  released(): Promise<void>;
  /** A datagram goes over the wire, or is lost before. */
  entered(datagram: Uint8Array, fate: Fate | undefined): void;
}

/** What a wire is made of. */
export interface WireParts {
  readonly keeper: Keeper;
  readonly clock: Clock;
  readonly faults: Faults | undefined;
  readonly counts: LinkCounts | undefined;
}

/** The way from a socket to the network, past the keeper. */
export function keptWire({ keeper, clock, faults, counts }: WireParts): (side: LinkSide, go: Carry) => Carry {
  const byHand = (lost: number) => {
    if (!counts) return;
    counts.sent += 1;
    counts.lost += lost;
  };
  return (side, go) => {
    const entered = (datagram: Uint8Array, _to: unknown, fate: Fate | undefined) => keeper.entered(datagram, fate);
    const line = layLine<Destination>({ faults, side, namesIn, counts, clock, entered, deliver: go });
    return (datagram, to) =>
      keeper.hold({
        ...{ from: side, datagram, atMs: clock.now() },
        pass: () => line.push(datagram, to),
        twice() {
          byHand(0);
          keeper.entered(datagram, { fate: 'duplicated' });
          go(datagram, to);
          go(datagram, to);
        },
        drop() {
          byHand(1);
          keeper.entered(datagram, { fate: 'lost' });
        },
      });
  };
}
