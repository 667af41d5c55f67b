/*
 * What becomes of the system's complaints about a socket: which connections are told that their peer cannot be reached,
 * and whose datagrams were too large. What a complaint means stands in trouble.ts.
 */
import type { ConnectionMachine } from '../engine/connection.js';
import { type SocketTrouble, troubleOf } from './trouble.js';

/** So many refusals in a row, with nothing heard between, end an open connection: its peer's process is gone. */
export const REFUSALS = 3;

/** A datagram that the system would not send, and to whom it was to go. */
export interface RefusedDatagram {
  readonly to: string;
  readonly bytes: number;
}

/** The complaints about one socket. */
export class Complaints {
  /** The last one. */
  last: SocketTrouble | undefined;
  #refusals = 0;

  /** Something was heard: somebody is there. */
  heard(): void {
    this.#refusals = 0;
  }

  /** Takes one, and tells the connections of it. True: the socket itself is broken, and nobody was told yet. */
  take(cause: unknown, machines: readonly ConnectionMachine[], now: number, datagram?: RefusedDatagram): boolean {
    this.last = troubleOf(cause);
    switch (this.last.kind) {
      case 'refused':
        this.#refusals += 1;
        // RFC 1122 section 4.2.3.9 counts a port that cannot be reached as final; one report can be forged, three with nothing heard between hardly
        for (const machine of machines) if (machine.state !== 'open' || this.#refusals >= REFUSALS) machine.handleUnreachable();
        return false;
      case 'unreachable': // RFC 1122 section 4.2.3.9: may pass by, so an open connection waits
        for (const machine of machines) if (machine.state === 'dialling') machine.handleUnreachable();
        return false;
      case 'too-large':
        for (const machine of machines) {
          if (!datagram || machine.address === datagram.to) machine.handleTooLarge(datagram?.bytes ?? 0, now);
        }
        return false;
      case 'full': // like a datagram that was lost on the way
        return false;
      case 'broken':
        return true;
    }
  }
}
