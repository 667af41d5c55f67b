/*
 * One direction of the way through a datagram proxy: a link (transports/link) with a timer. Without faults it is only a
 * call.
 */
import type { Clock, Timer } from '../../lib/clock.js';
import { type Faults, Link, type LinkSide } from '../../transports/link/index.js';
import { namesIn } from '../../transports/udp/wire/decode.js';
import type { Fate } from './options.js';

/** What a line is made of. */
export interface LineParts<Tag> {
  readonly faults: Faults | undefined;
  /** Whose datagrams it carries. */
  readonly side: LinkSide;
  readonly clock: Clock;
  /** A datagram goes in; said before it comes out, with what the link does to it. */
  entered(datagram: Uint8Array, tag: Tag, fate: Fate | undefined): void;
  /** A datagram comes out. */
  deliver(datagram: Uint8Array, tag: Tag): void;
}

/** Carries datagrams one way, each with a tag that comes out with it. */
export interface Line<Tag> {
  push(datagram: Uint8Array, tag: Tag): void;
  /** Forgets what is on its way. */
  close(): void;
}

/** Lays a line. */
export function layLine<Tag>({ faults, side, clock, entered, deliver }: LineParts<Tag>): Line<Tag> {
  if (!faults) {
    return {
      push(datagram, tag) {
        entered(datagram, tag, undefined);
        deliver(datagram, tag);
      },
      close: () => {},
    };
  }
  const link = new Link<Tag>({ faults, side, namesIn, now: clock.now() });
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
      const fate = link.push(datagram, tag, clock.now());
      entered(datagram, tag, fate && { fate, ...(fate === 'corrupted' && link.spoiled && { spoiled: link.spoiled }) });
      pull();
    },
    close() {
      open = false;
      timer?.cancel();
    },
  };
}
