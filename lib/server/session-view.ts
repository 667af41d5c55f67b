/*
 * A session as users of the server see it: alive, and read-only.
 */
import type { Address } from '../transport.js';
import type { Link } from './link.js';
import type { Peer } from './peer.js';

/** One connection, as it is shown to users of the server. */
export interface ServerSessionView {
  readonly id: string;
  readonly remote: Address;
  /** Where the dialogue stands: a state of docs/protocol.md's diagram. */
  readonly state: string;
  /** The member's name and group, while it is in one. */
  readonly member: { readonly name: string; readonly group: string } | undefined;
}

/** Looks at the machine's peer each time it is asked. */
export class SessionView implements ServerSessionView {
  constructor(private readonly peer: Peer<Link>) {}

  get id(): string {
    return this.peer.arrival.id;
  }

  get remote(): Address {
    return this.peer.arrival.remote;
  }

  get state(): string {
    return this.peer.gone ? 'closed' : this.peer.session.state;
  }

  get member(): ServerSessionView['member'] {
    const { seat } = this.peer;
    return seat && { name: seat.name, group: seat.group.id };
  }
}
