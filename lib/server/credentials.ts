/*
 * Passwords on their way: asked for hashing or checking, answered some time later. An unknown group takes
 * the same way as a known one, and guessing is counted alike for both, so that neither tells which it was.
 */
import type { GroupLog } from '../group/log.js';
import type { PasswordRecord } from '../group/passwords.js';
import type { SessionAnswer } from '../session/session-requests.js';
import type { Guesses } from './guesses.js';
import type { Outbound } from './outbound.js';
import type { Peer } from './peer.js';

const BUSY = 'The server is busy with other passwords; try again in a moment.';

/** The passwords of one source for one group, in the order in which they came. */
interface Line<Link> {
  readonly source: string;
  readonly group: string;
  readonly waiting: { readonly peer: Peer<Link>; readonly password: string }[];
  /** How many are being checked. */
  checking: number;
}

/** What waits for the hasher; a line, if it is to join. */
interface Pending<Link> {
  readonly peer: Peer<Link>;
  readonly line: Line<Link> | undefined;
}

/** The passwords that are being hashed or checked. */
export class Credentials<Link> {
  readonly #pending = new Map<number, Pending<Link>>();
  readonly #lines = new Map<string, Line<Link>>();
  #tickets = 0;

  constructor(
    private readonly ports: {
      readonly log: GroupLog;
      readonly guesses: Guesses;
      readonly outbound: Outbound<Link>;
      /** Tells a session what it waits for. */
      readonly settle: (peer: Peer<Link>, answer: SessionAnswer) => void;
    },
  ) {}

  /** A client wants to join a group. */
  verify(peer: Peer<Link>, group: string, password: string, now: number): void {
    const { source } = peer.arrival;
    const key = lineKey(source, group);
    const line = this.#lines.get(key) ?? { source, group, waiting: [], checking: 0 };
    this.#lines.set(key, line);
    line.waiting.push({ peer, password });
    this.#advance(line, now);
  }

  /** A client wants a group of its own. */
  create(peer: Peer<Link>, password: string): void {
    this.ports.outbound.push({ type: 'hash', ticket: this.#add({ peer, line: undefined }), password });
  }

  verified(ticket: number, ok: boolean, now: number): void {
    const { peer, line } = this.#take(ticket) ?? {};
    if (!peer || !line) return;
    if (!ok) this.ports.guesses.wasWrong(line.source, line.group, now);
    line.checking--;
    this.ports.settle(peer, ok ? { type: 'verified' } : { type: 'refused', code: 'wrong-credentials', counts: true });
    this.#advance(line, now);
  }

  hashed(ticket: number, record: PasswordRecord): void {
    const peer = this.#take(ticket)?.peer;
    if (!peer || peer.gone) return;
    const { log, settle } = this.ports;
    log.create(record, (group) => {
      if (group === undefined) return settle(peer, { type: 'refused', code: 'too-many-groups', counts: false });
      if (peer.gone || !peer.session.waits) return log.retire(group); // its creator went away meanwhile
      settle(peer, { type: 'created', group });
    });
  }

  failed(ticket: number, now: number, reason?: string): void {
    const { peer, line } = this.#take(ticket) ?? {};
    if (!peer) return;
    if (reason !== undefined) this.ports.outbound.tell(() => ({ type: 'trouble', session: peer.arrival.id, text: reason }));
    if (line) line.checking--;
    this.ports.settle(peer, { type: 'refused', code: 'try-later', text: BUSY, counts: false });
    if (line) this.#advance(line, now);
  }

  /** Checks as many at once as may still be wrong, so that guessing over many connections is no way around the limit. */
  #advance(line: Line<Link>, now: number): void {
    const { guesses, settle } = this.ports;
    const left = guesses.left(line.source, line.group, now);
    while (line.waiting.length > 0 && (left === 0 || line.checking < left)) {
      const { peer, password } = line.waiting.shift() as Line<Link>['waiting'][number];
      if (left === 0) settle(peer, { type: 'refused', code: 'try-later', counts: true });
      else if (!peer.gone && peer.session.waits) this.#check(line, peer, password);
    }
    const key = lineKey(line.source, line.group);
    if (line.checking === 0 && line.waiting.length === 0 && this.#lines.get(key) === line) this.#lines.delete(key);
  }

  #check(line: Line<Link>, peer: Peer<Link>, password: string): void {
    line.checking++;
    const ticket = this.#add({ peer, line });
    this.ports.log.find(line.group, (record) => this.ports.outbound.push({ type: 'verify', ticket, password, record }));
  }

  #add(pending: Pending<Link>): number {
    this.#pending.set(++this.#tickets, pending);
    return this.#tickets;
  }

  #take(ticket: number): Pending<Link> | undefined {
    const pending = this.#pending.get(ticket);
    this.#pending.delete(ticket);
    return pending;
  }
}

function lineKey(source: string, group: string): string {
  return `${source}\n${group}`;
}
