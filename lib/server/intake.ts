/*
 * Takes in what clients say: decodes one thing after another and gives it to the session, as long as the
 * session can take it and the allowance lasts; otherwise nothing is decoded and the connection pauses, so
 * that what is not taken yet waits with the client and not in memory.
 */
import type { SessionOutput } from '../session/session-requests.js';
import { ProtocolError } from '../wire/protocol-error.js';
import type { ClientInput } from '../wire/saying.js';
import type { Outbound } from './outbound.js';
import type { Peer } from './peer.js';

/** Messages of one member that may wait for the log; then the member is not read further. */
const MAX_APPENDING = 64;

/** What the intake needs of the machine. */
export interface IntakePorts<Link> {
  readonly outbound: Outbound<Link>;
  readonly perform: (peer: Peer<Link>, outputs: readonly SessionOutput[]) => void;
  /** The client has half-closed, and everything that it said is done. */
  readonly inputIsOver: (peer: Peer<Link>) => void;
  /** Something changed that may bring the peer's next deadline forward. */
  readonly look: (peer: Peer<Link>) => void;
}

/** The way in, for all clients. */
export class Intake<Link> {
  constructor(private readonly ports: IntakePorts<Link>) {}

  /** Takes what the client has said, as long as its session can and its allowance lasts. */
  pump(peer: Peer<Link>, now: number): void {
    if (peer.pumping) return; // called by what is being taken: whoever takes it goes on by itself, and not one call deeper each time
    peer.pumping = true;
    try {
      this.#pump(peer, now);
    } finally {
      peer.pumping = false;
    }
  }

  #pump(peer: Peer<Link>, now: number): void {
    try {
      this.#takeAll(peer, now);
    } catch (error) {
      this.#broken(peer, error);
    }
    if (peer.gone || peer.farewell) return;
    const blocked = !this.#canTake(peer, now);
    if (blocked !== peer.paused) this.setPaused(peer, blocked, now);
    if (!blocked && peer.inputEnded) this.ports.inputIsOver(peer);
    this.ports.look(peer);
  }

  #takeAll(peer: Peer<Link>, now: number): void {
    const { held } = peer;
    if (held && isAppending(peer)) return; // the log has not answered for what was said before
    peer.held = undefined;
    if (held) this.#take(peer, held);
    while (this.#canTake(peer, now)) {
      const input = peer.decoder.next(peer.session.asked);
      if (!input) return;
      peer.bucket.take(now);
      if ((input.type === 'LEAVE' || input.type === 'BYE') && isAppending(peer)) peer.held = input;
      else this.#take(peer, input);
    }
  }

  /** Of a paused connection nothing can be heard: its silence counts from when it is read again. */
  setPaused(peer: Peer<Link>, paused: boolean, now: number): void {
    this.ports.outbound.push({ type: paused ? 'pause' : 'resume', link: peer.link });
    peer.paused = paused;
    if (paused) return;
    peer.lastHeard = now;
    peer.pinged = false;
  }

  #canTake(peer: Peer<Link>, now: number): boolean {
    if (peer.gone || peer.farewell || peer.held || peer.session.waits) return false;
    if (peer.seat && peer.seat.appending >= MAX_APPENDING) return false;
    peer.throttled = !peer.bucket.has(now);
    return !peer.throttled;
  }

  #take(peer: Peer<Link>, input: ClientInput): void {
    if (peer.seat) peer.seat.heard = true;
    this.ports.perform(peer, peer.session.receive(input));
  }

  /** A peer that breaks the protocol harms nobody but itself. */
  #broken(peer: Peer<Link>, error: unknown): void {
    if (!(error instanceof ProtocolError)) throw error;
    this.ports.perform(peer, peer.session.close('protocol-error', `Your client broke the protocol: ${error.message}. Goodbye.`));
  }
}

function isAppending<Link>({ seat }: Peer<Link>): boolean {
  return seat !== undefined && seat.appending > 0;
}
