/*
 * One connection at the server, between the requests that carry it: which answer carries it down, and when it was
 * last heard of.
 */
import type { Carrier, HttpConnection } from '../connection.js';
import type { Record } from '../wire/records.js';

/** What carries a session's records down. */
export interface Down {
  /** The session has something to send, or soon will have. */
  wake(): void;
  /** Carries it no longer; with its last records, if it has some. */
  leave(session: Session): void;
}

/** A session, found by its ID. The ID is a secret: it goes into no log and no trace. */
export class Session implements Carrier {
  readonly id: string;
  connection!: HttpConnection;
  /** The answer that carries it down, if there is one. */
  down: Down | undefined;
  /** When a request of its client last came, and when it was last asked whether it is there. */
  heardAt: number;
  askedAt = 0;
  /** Since when nothing carries it down. */
  lonelySince: number;
  /** Whether a request came since the opening. */
  isConfirmed = false;
  /** Gives up the POST that is being read, when a newer one comes. */
  supersede: (() => void) | undefined;
  readonly #bury: (session: Session, lastWord: Record) => void;

  /** @param bury is told when it is over, and what to say to its client if that asks again */
  constructor(id: string, now: number, bury: (session: Session, lastWord: Record) => void) {
    this.id = id;
    this.heardAt = now;
    this.lonelySince = now;
    this.#bury = bury;
  }

  /** A request of its client came. */
  heard(now: number): void {
    this.heardAt = now;
    this.isConfirmed = true;
  }

  wake(): void {
    this.down?.wake();
  }

  finish(gone: () => void): void {
    this.down?.leave(this);
    this.#bury(this, this.connection.channel.lastWord);
    gone();
  }
}
