/*
 * A connection as the server's driver holds it: what the machine calls it, and who is told what comes in. A
 * server holds thousands, so it subscribes to `received$` itself instead of through closures of its own.
 */
import type { Observer } from 'rxjs';
import { type Address, type Connection, parseHostPort, TransportError } from '../transport.js';
import type { Peer } from './peer.js';

/** Who is told what comes in over a link. */
export interface LinkWatcher {
  received(link: Link, chunk: Uint8Array): void;
  inputEnded(link: Link): void;
  closed(link: Link, error: TransportError | undefined): void;
}

/** A connection and what the machine calls it. */
export class Link implements Observer<Uint8Array> {
  peer!: Peer<Link>;
  watchesDrain = false;

  constructor(
    readonly connection: Connection,
    private readonly on: LinkWatcher,
  ) {}

  next(chunk: Uint8Array): void {
    this.on.received(this, chunk);
  }

  complete(): void {
    this.on.inputEnded(this);
    // asked for no sooner: until then an error tells of the end, and the promise costs each idle connection 300 bytes
    void this.connection.closed.then(({ error }) => this.on.closed(this, error));
  }

  error(error: unknown): void {
    this.on.closed(this, error instanceof TransportError ? error : undefined);
  }
}

/** Whom the limits count a connection for. */
export function sourceOf(connection: Connection, listener: Address): string {
  try {
    return parseHostPort(connection.remote).host;
  } catch {
    return listener; // a Unix socket or memory: all who come that way
  }
}
