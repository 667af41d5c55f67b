/*
 * Passwords on their way: asked for hashing or checking, answered some time later. So many at a time, and the
 * sources take turns; what is refused, and whose client has gone, costs no hash. An unknown group takes the same
 * way as a known one, and guessing is counted alike for both, so that neither tells which it was.
 */
import type { GroupLog } from '../group/log.js';
import type { PasswordRecord } from '../group/passwords.js';
import type { SessionAnswer } from '../session/session-requests.js';
import type { Guess, Guesses } from './guesses.js';
import type { ServerLimits } from './limits.js';
import type { MinuteCounts } from './minute-counts.js';
import type { Outbound } from './outbound.js';
import type { Peer } from './peer.js';
import { Turns } from './turns.js';

const BUSY = 'The server is busy with other passwords; try again in a moment.';
const TOO_MANY_CREATED = 'Too many groups were created from your address; wait a minute and try again.';

/** What a client wants and gave a password for. */
type Asked<Link> = {
  readonly peer: Peer<Link>;
  readonly source: string;
  readonly password: string;
} & ({ readonly to: 'join'; readonly group: string } | { readonly to: 'create' });

/** What the passwords' part needs of the machine. */
export interface CredentialsPorts<Link> {
  readonly limits: Pick<ServerLimits, 'passwordsAtOnce' | 'maxGroups' | 'createsPerMinute'>;
  readonly log: GroupLog;
  readonly guesses: Guesses;
  /** How many groups each source has created. */
  readonly creates: MinuteCounts;
  readonly outbound: Outbound<Link>;
  /** Tells a session what it waits for. */
  readonly settle: (peer: Peer<Link>, answer: SessionAnswer) => void;
}

/** The passwords that wait or are being hashed or checked: one for each connection at most. */
export class Credentials<Link> {
  readonly #turns = new Turns<Peer<Link>, Asked<Link>>();
  /** By ticket: those that the hasher has. */
  readonly #atWork = new Map<number, Asked<Link>>();
  #tickets = 0;
  /** Groups that are being made, and are in the log only later. */
  #making = 0;
  #isAdvancing = false;

  constructor(private readonly ports: CredentialsPorts<Link>) {}

  /** A client wants to join a group. */
  verify(peer: Peer<Link>, group: string, password: string, now: number): void {
    this.#add({ peer, source: peer.arrival.source, password, to: 'join', group }, now);
  }

  /** A client wants a group of its own. */
  create(peer: Peer<Link>, password: string, now: number): void {
    this.#add({ peer, source: peer.arrival.source, password, to: 'create' }, now);
  }

  /** The client is no more: if it waits, it no longer does. */
  forget(peer: Peer<Link>): void {
    this.#turns.remove(peer.arrival.source, peer);
  }

  verified(ticket: number, ok: boolean, now: number): void {
    const asked = this.#take(ticket);
    if (asked?.to !== 'join') return;
    if (!ok) this.ports.guesses.wasWrong(asked, now);
    this.ports.settle(asked.peer, ok ? { type: 'verified' } : { type: 'refused', code: 'wrong-credentials', counts: true });
    this.#advance(now);
  }

  hashed(ticket: number, record: PasswordRecord, now: number): void {
    const asked = this.#take(ticket);
    if (asked?.to !== 'create') return;
    if (asked.peer.gone) this.#making--;
    else this.#make(asked.peer, record);
    this.#advance(now);
  }

  failed(ticket: number, now: number, reason?: string): void {
    const asked = this.#take(ticket);
    if (!asked) return;
    const { peer, to } = asked;
    if (to === 'create') this.#making--;
    if (reason !== undefined) this.ports.outbound.tell(() => ({ type: 'trouble', session: peer.arrival.id, text: reason }));
    this.ports.settle(peer, { type: 'refused', code: 'try-later', text: BUSY, counts: false });
    this.#advance(now);
  }

  #add(asked: Asked<Link>, now: number): void {
    this.#turns.add(asked.source, asked.peer, asked);
    this.#advance(now);
  }

  #take(ticket: number): Asked<Link> | undefined {
    const asked = this.#atWork.get(ticket);
    this.#atWork.delete(ticket);
    return asked;
  }

  /** Gives the hasher what it has room for. A client that is refused may ask anew within the call; that is come to in the loop. */
  #advance(now: number): void {
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    try {
      while (this.#atWork.size < this.ports.limits.passwordsAtOnce) {
        const asked = this.#next(now);
        if (!asked) return;
        if (!asked.peer.session.waits) continue; // it was parted with meanwhile
        const refusal = this.#refusal(asked, now);
        if (refusal) this.ports.settle(asked.peer, refusal);
        else this.#start(asked, now);
      }
    } finally {
      this.#isAdvancing = false;
    }
  }

  /** The next in turn; sources for which nothing is at work come before those for which something is. */
  #next(now: number): Asked<Link> | undefined {
    const busy = new Set([...this.#atWork.values()].map(({ source }) => source));
    return (
      this.#turns.take((_, source) => !busy.has(source)) ??
      this.#turns.take((asked) => asked.to === 'create' || this.#verdict(asked, now) !== 'later')
    );
  }

  /** Why it is not even hashed; nothing if it is. */
  #refusal(asked: Asked<Link>, now: number): SessionAnswer | undefined {
    const { limits, log, creates } = this.ports;
    if (asked.to === 'join') {
      return this.#verdict(asked, now) === 'no' ? { type: 'refused', code: 'try-later', counts: true } : undefined;
    }
    if (log.size + this.#making >= limits.maxGroups) return { type: 'refused', code: 'too-many-groups', counts: false };
    const isOneTooMany = creates.of(asked.source, now) >= limits.createsPerMinute;
    return isOneTooMany ? { type: 'refused', code: 'try-later', text: TOO_MANY_CREATED, counts: false } : undefined;
  }

  #verdict(guess: Guess, now: number): ReturnType<Guesses['verdict']> {
    const checking = [...this.#atWork.values()].filter((asked) => asked.to === 'join');
    return this.ports.guesses.verdict(guess, checking, now);
  }

  #start(asked: Asked<Link>, now: number): void {
    const { log, creates, outbound } = this.ports;
    const { password } = asked;
    const ticket = ++this.#tickets;
    this.#atWork.set(ticket, asked);
    if (asked.to === 'join') return log.find(asked.group, (record) => outbound.push({ type: 'verify', ticket, password, record }));
    this.#making++;
    creates.add(asked.source, now);
    outbound.push({ type: 'hash', ticket, password });
  }

  #make(peer: Peer<Link>, record: PasswordRecord): void {
    const { log, settle } = this.ports;
    log.create(record, (group) => {
      this.#making--;
      if (group === undefined) return settle(peer, { type: 'refused', code: 'too-many-groups', counts: false });
      if (peer.gone || !peer.session.waits) return log.retire(group); // its creator went away meanwhile
      settle(peer, { type: 'created', group });
    });
  }
}
