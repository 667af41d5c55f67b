/*
 * What a connection does with a packet that came for it: each frame goes to whom it concerns, and the packet is noted
 * for the next ACK if all in it was kept.
 */
import { ACK_NOW, type ConnectionPacket, FRAMES, type Frame } from '../wire/packets.js';
import type { ConnectionEvent } from './events.js';
import type { Halves } from './halves.js';
import type { Lifecycle } from './lifecycle.js';
import type { Path } from './path.js';
import type { Counters } from './stats.js';

/** What the incoming side is made of. */
export interface IncomingParts {
  readonly halves: Halves;
  readonly lifecycle: Lifecycle;
  readonly path: Path;
  readonly counters: Counters;
  readonly report: (event: ConnectionEvent) => void;
  /** The number of the last packet that was sent: an ACK of a later one breaks the rules. */
  readonly lastSent: () => number;
}

/** Takes the packets of one connection. */
export class Incoming {
  readonly #parts: IncomingParts;

  constructor(parts: IncomingParts) {
    this.#parts = parts;
  }

  /** Takes a packet of a connection that is open. */
  take(packet: ConnectionPacket, now: number): void {
    const { halves, lifecycle, report } = this.#parts;
    const { receiver } = halves;
    let eliciting = false;
    let whole = true;
    const { ended, readable } = receiver.stream;
    for (const frame of packet.frames) {
      eliciting ||= FRAMES[frame.type].eliciting;
      whole = this.#frame(frame, now) && whole;
      if (lifecycle.state !== 'open') return;
    }
    // A CONNECT is answered at once: somebody waits for the connection.
    const urgent = packet.type === 'CONNECT' || (packet.flags & ACK_NOW) !== 0;
    if (whole) receiver.packets.add(packet.number, { eliciting, urgent }, now);
    else receiver.packets.ackNow();
    if (readable !== receiver.stream.readable || ended !== receiver.stream.ended) report({ type: 'readable' });
    lifecycle.finishIfDone();
  }

  /** Takes a packet of a connection that is over at this end. */
  takeLate(packet: ConnectionPacket): void {
    const { lifecycle, path } = this.#parts;
    const theirs = packet.frames.some(({ type }) => type === 'CLOSE');
    if (theirs && lifecycle.state === 'closing') return lifecycle.forget(); // it is over at both ends
    const asked = packet.frames.find((frame) => frame.type === 'PATH_CHALLENGE');
    if (asked) path.responseDue = asked.token; // the CLOSE came from an address that is new to the peer
    lifecycle.closing?.onPacket();
  }

  /** Takes a frame. False: something in it was not kept, so that its packet must not be acknowledged. */
  #frame(frame: Frame, now: number): boolean {
    const { halves, lifecycle, path } = this.#parts;
    switch (frame.type) {
      case 'DATA':
        return this.#segment(frame.segment, frame.data);
      case 'FIN':
        return this.#segment(frame.segment, undefined);
      case 'ACK': {
        const told = halves.sender.onAck(frame, this.#parts.lastSent(), now);
        if ('wrong' in told) lifecycle.startClosing('protocol', told.wrong, 'remote');
        else if (told.acknowledged > 0) halves.receiver.packets.toldUpTo(told.acknowledged);
        return true;
      }
      case 'PING':
      case 'PADDING':
        return true;
      case 'CLOSE':
        lifecycle.closedByPeer(frame.code, frame.text);
        return true;
      case 'PATH_CHALLENGE':
        path.responseDue = frame.token;
        return true;
      case 'PATH_RESPONSE':
        return true; // the endpoint looks at those that come from elsewhere
    }
  }

  #segment(number: number, data: Uint8Array | undefined): boolean {
    const { halves, lifecycle, counters } = this.#parts;
    const taken = halves.receiver.take(number, data);
    if (taken === 'duplicate') counters.duplicates += 1;
    if (taken === 'beyond') lifecycle.startClosing('protocol', 'a segment beyond the credit', 'remote');
    return taken === 'new' || taken === 'duplicate';
  }
}
