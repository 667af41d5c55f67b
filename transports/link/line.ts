/*
 * A link with a timer: one direction of a network that runs by itself. Without faults it is only a call. The UDP driver
 * has its own timer and takes the bare link.
 */
import type { Clock, Timer } from '../../lib/clock.js';
import type { DatagramTapEvent } from '../../lib/trace.js';
import type { Faults, LinkSide } from './faults.js';
import { Link, type LinkCounts } from './link.js';

/** What a link did to a datagram, as a tap is told of it. */
export type Fate = Pick<DatagramTapEvent, 'fate' | 'spoiled'>;

/** What a line is made of. */
export interface LineParts<Tag> {
  readonly faults: Faults | undefined;
  /** Whose datagrams it carries. */
  readonly side: LinkSide;
  /** What is in a datagram, by name, for exact drop lists. */
  readonly namesIn: (datagram: Uint8Array) => readonly string[];
  /** Counts what it does. */
  readonly counts?: LinkCounts | undefined;
  readonly clock: Clock;
  /** A datagram goes in; said before it comes out, with what the link does to it. */
  entered(datagram: Uint8Array, tag: Tag, fate: Fate | undefined): void;
  /** A datagram comes out. */
  deliver(datagram: Uint8Array, tag: Tag): void;
}

/** Carries datagrams one way, each with a tag that comes out with it. */
export interface Line<Tag> {
  /** Puts one in; says what the link does to it, or nothing if it only delays it. */
  push(datagram: Uint8Array, tag: Tag): Fate | undefined;
  /** Forgets what is on its way. */
  close(): void;
}

/** Lays a line. */
export function layLine<Tag>({ faults, side, namesIn, counts, clock, entered, deliver }: LineParts<Tag>): Line<Tag> {
  if (!faults) {
    return {
      push(datagram, tag) {
        entered(datagram, tag, undefined);
        deliver(datagram, tag);
        return undefined;
      },
      close: () => {},
    };
  }
  const link = new Link<Tag>({ faults, side, namesIn, counts, now: clock.now() });
  let timer: Timer | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let open = true;

  function pull(): void {
    const now = clock.now();
    for (let out = link.pull(now); out; out = link.pull(now)) deliver(out.datagram, out.tag);
    if (!open || link.next >= timerAt) return; // an earlier timer finds nothing to do and sets the next
    timer?.cancel();
    timerAt = link.next;
    timer = clock.setTimer(Math.max(0, timerAt - now), () => {
      timerAt = Number.POSITIVE_INFINITY;
      pull();
    });
  }
  return {
    push(datagram, tag) {
      const did = link.push(datagram, tag, clock.now());
      const fate = did && { fate: did, ...(did === 'corrupted' && link.spoiled && { spoiled: link.spoiled }) };
      entered(datagram, tag, fate);
      pull();
      return fate;
    },
    close() {
      open = false;
      timer?.cancel();
    },
  };
}
