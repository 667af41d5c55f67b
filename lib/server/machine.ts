/*
 * The whole server as one pure machine: connections, sessions, groups and limits. It takes bytes, answers
 * and the time, and gives back outputs (output.ts) and its next deadline; it never waits and never touches a
 * socket, so the simulator runs exactly what ChatServer runs. The group log is asked through its port.
 *
 * Way of a message: received -> decoder -> session -> log -> group -> outboxes -> flush at the turn's end.
 */

import { Deadlines } from '../deadlines.js';
import { Fanout, Outbox } from '../group/fanout.js';
import type { Group } from '../group/group.js';
import type { GroupLog } from '../group/log.js';
import type { PasswordRecord } from '../group/passwords.js';
import type { Seat } from '../group/seat.js';
import { ServerSession } from '../session/server-session.js';
import type { ServerSessionEvent, ServerState } from '../session/server-states.js';
import type { SessionAnswer, SessionOutput } from '../session/session-requests.js';
import type { ServerSaying } from '../wire/saying.js';
import { Admission } from './admission.js';
import { Credentials } from './credentials.js';
import { Guesses } from './guesses.js';
import { Intake } from './intake.js';
import type { ServerLimits } from './limits.js';
import { type Due, MEASURE_EVERY_MS, nextLook, whatIsDue } from './liveness.js';
import { Membership } from './membership.js';
import { MinuteCounts } from './minute-counts.js';
import { Outbound } from './outbound.js';
import type { CloseReason, ServerOutput } from './output.js';
import { Parting } from './parting.js';
import { type Arrival, Peer } from './peer.js';
import { Unsent } from './unsent.js';

/** What the machine is made of. */
export interface ServerMachineOptions {
  readonly limits: ServerLimits;
  readonly log: GroupLog;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Whether anybody listens to events; nothing is built for nobody. */
  readonly observed: () => boolean;
  /** Sees every transition of every session. */
  readonly onTransition?: ((session: string, from: ServerState, event: ServerSessionEvent, to: ServerState) => void) | undefined;
}

/** A chat server without sockets. `Link` is the driver's name for a connection. */
export class ServerMachine<Link> {
  readonly #limits: ServerLimits;
  readonly #onTransition: ServerMachineOptions['onTransition'];
  readonly #fanout = new Fanout<Peer<Link>>();
  readonly #outbound: Outbound<Link>;
  readonly #peers = new Set<Peer<Link>>();
  readonly #deadlines = new Deadlines<Peer<Link> | Seat<Peer<Link>> | Group<Peer<Link>>>();
  readonly #admission: Admission;
  readonly #unsent: Unsent<Link>;
  readonly #credentials: Credentials<Link>;
  readonly #membership: Membership<Link>;
  readonly #intake: Intake<Link>;
  readonly #parting: Parting<Link>;
  #now = 0;

  constructor({ limits, log, randomBytes, observed, onTransition }: ServerMachineOptions) {
    this.#limits = limits;
    this.#onTransition = onTransition;
    this.#outbound = new Outbound(observed);
    this.#admission = new Admission(limits);
    this.#unsent = new Unsent(limits);
    const outbound = this.#outbound;
    const settle = (peer: Peer<Link>, answer: SessionAnswer) => this.#settle(peer, answer);
    const seed = new DataView(Uint8Array.from(randomBytes(4)).buffer).getUint32(0);
    const counts = { guesses: new Guesses(limits, seed), creates: new MinuteCounts(seed) };
    this.#credentials = new Credentials({ ...{ limits, log, outbound, settle }, ...counts });
    this.#intake = new Intake({
      outbound,
      perform: (peer, outputs) => this.#perform(peer, outputs),
      inputIsOver: (peer) => this.#parting.partAfterInput(peer, this.#now),
      look: (peer) => this.#look(peer),
    });
    this.#membership = new Membership({
      ...{ limits, log, fanout: this.#fanout, outbound, randomBytes, settle },
      perform: (peer, outputs) => this.#perform(peer, outputs),
      goOn: (peer) => this.#intake.pump(peer, this.#now),
      schedule: (item, afterMs) => this.#deadlines.schedule(item, this.#now + afterMs),
      cancel: (item) => this.#deadlines.cancel(item),
    });
    this.#parting = new Parting({
      ...{ limits, outbound, intake: this.#intake, membership: this.#membership },
      perform: (peer, outputs) => this.#perform(peer, outputs),
      look: (peer) => this.#look(peer),
      forget: (peer) => this.#forget(peer),
    });
  }

  /** The groups that have members here. */
  get groups(): ReadonlyMap<string, Group<Peer<Link>>> {
    return this.#membership.groups;
  }

  /** When {@link timeout} wants to be called; Infinity: not at all. */
  get nextDeadline(): number {
    return this.#deadlines.next;
  }

  /** True if {@link flush} is wanted at the end of this turn. */
  get wantsFlush(): boolean {
    return this.#fanout.pending || this.#parting.pending || this.#membership.news.size > 0;
  }

  /** What is to be done, in order. */
  takeOutputs(): readonly ServerOutput<Link>[] {
    return this.#outbound.take();
  }

  /** A connection has come. It gets the opening message, or a polite BYE. */
  connected(link: Link, arrival: Arrival, now: number): Peer<Link> {
    this.#now = now;
    const onTransition = this.#onTransition;
    const session = new ServerSession({
      expectsHello: arrival.codec.name === 'frames',
      maxWrongAnswers: this.#limits.maxWrongAnswers,
      onTransition: onTransition && ((from, event, to) => onTransition(arrival.id, from, event, to)),
    });
    const peer = new Peer(link, arrival, session, this.#limits, now);
    peer.outbox = new Outbox(peer, arrival.codec, this.#fanout);
    const refusal = this.#admission.refusal(arrival.source);
    peer.isAdmitted = !refusal;
    this.#peers.add(peer);
    this.#outbound.tell(() => ({ type: 'connected', session: arrival.id, remote: arrival.remote, codec: arrival.codec.name }));
    const canBeTold = this.#admission.arrived(arrival.source, peer.isAdmitted);
    if (!canBeTold) this.#parting.drop(peer, 'overflow', 'server-full', 'there are too many');
    else this.#perform(peer, refusal ? session.close(refusal, undefined, this.#limits.retryAfterMs) : session.start());
    this.#look(peer);
    return peer;
  }

  /** Bytes have come. */
  received(peer: Peer<Link>, chunk: Uint8Array, now: number): void {
    this.#now = now;
    if (peer.gone || peer.farewell) return;
    peer.lastHeard = now;
    peer.pinged = false;
    peer.decoder.push(chunk);
    this.#intake.pump(peer, this.#now);
  }

  /** The client half-closed: what has arrived is done, then it goes. */
  inputEnded(peer: Peer<Link>, now: number): void {
    this.#now = now;
    if (peer.gone) return;
    peer.inputEnded = true;
    peer.decoder.end();
    this.#intake.pump(peer, this.#now);
  }

  /** The connection is no more. */
  disconnected(peer: Peer<Link>, reason: CloseReason, now: number): void {
    this.#now = now;
    this.#parting.remove(peer, peer.farewell ?? reason);
  }

  /** How much of what was sent still waits in this process. */
  backlog(peer: Peer<Link>, bufferedBytes: number, now: number): void {
    this.#now = now;
    if (peer.gone) return;
    const slow = this.#unsent.update(peer, bufferedBytes, now);
    peer.measureAt = bufferedBytes > 0 ? now + MEASURE_EVERY_MS : Number.POSITIVE_INFINITY;
    if (slow) this.#parting.drop(slow, 'overflow', 'slow-consumer', 'it does not read what it is sent');
    this.#parting.setDropAt(peer, now);
    this.#look(peer);
  }

  /**
   * Something that was sent did not leave at once. Little is measured only after a while: a transport may hold everything until
   * the turn is over, and a thousand members who are told something at the same time are not slow for that.
   */
  lingers(peer: Peer<Link>, now: number): void {
    if (peer.gone || peer.measureAt < Number.POSITIVE_INFINITY) return;
    this.#now = now;
    peer.measureAt = now + MEASURE_EVERY_MS;
    this.#look(peer);
  }

  passwordHashed(ticket: number, record: PasswordRecord, now: number): void {
    this.#now = now;
    this.#credentials.hashed(ticket, record, now);
  }

  passwordVerified(ticket: number, ok: boolean, now: number): void {
    this.#now = now;
    this.#credentials.verified(ticket, ok, now);
  }

  /** The hashing could not be done: too many wait for it, or, with a reason, it is broken. */
  passwordFailed(ticket: number, now: number, reason?: string): void {
    this.#now = now;
    this.#credentials.failed(ticket, now, reason);
  }

  /** What the time is, before a reply of the log that comes later. */
  at(now: number): void {
    this.#now = now;
  }

  /** Time has passed. */
  timeout(now: number): void {
    this.#now = now;
    for (let item = this.#deadlines.takeDue(now); item; item = this.#deadlines.takeDue(now)) {
      if (item.kind === 'seat') this.#membership.expire(item);
      else if (item.kind === 'group') this.#membership.retire(item);
      else {
        for (const due of whatIsDue(item, this.#limits, now)) this.#meet(item, due);
        this.#look(item);
      }
    }
  }

  /** The turn is over: gives every connection what this turn has for it, in one chunk. */
  flush(now: number): void {
    this.#now = now;
    for (const group of this.#membership.news) group.sealPresence();
    this.#membership.news.clear();
    this.#fanout.flush((peer, chunk) => {
      if (peer.gone) return;
      peer.sentBytes += chunk.length;
      this.#outbound.push({ type: 'send', link: peer.link, chunk });
    });
    this.#parting.endAll();
  }

  /** Parts with everybody; those who come from now on get a BYE at once. */
  shutdown(now: number, graceMs: number): void {
    this.#now = now;
    this.#admission.shut();
    for (const peer of [...this.#peers]) {
      this.#perform(peer, peer.session.close('shutting-down', undefined, this.#limits.retryAfterMs));
      peer.flushBy = now + graceMs;
      this.#parting.setDropAt(peer, now);
      this.#look(peer);
    }
  }

  #settle(peer: Peer<Link>, answer: SessionAnswer): void {
    if (peer.gone || !peer.session.waits) return;
    this.#perform(peer, peer.session.settle(answer));
    this.#intake.pump(peer, this.#now);
  }

  #perform(peer: Peer<Link>, outputs: readonly SessionOutput[]): void {
    for (const output of outputs) this.#do(peer, output);
  }

  #do(peer: Peer<Link>, output: SessionOutput): void {
    switch (output.do) {
      case 'send':
        peer.outbox.push(output.saying);
        return this.#tellOf(peer, output.saying);
      case 'verify':
        return this.#credentials.verify(peer, output.group, output.password, this.#now);
      case 'create':
        return this.#credentials.create(peer, output.password, this.#now);
      case 'enter':
        return this.#membership.enter(peer, output.group, output.name);
      case 'resume':
        return this.#membership.resume(peer, output.token, output.lastSequence, this.#now);
      case 'say':
        return this.#membership.say(peer, output.id, output.text, this.#now);
      case 'who':
        return this.#membership.who(peer);
      case 'leave':
        peer.dialogueUntil = this.#now + this.#limits.dialogueTimeoutMs;
        return this.#membership.leave(peer);
      case 'end':
        return this.#parting.part(peer, output.code, this.#now);
    }
  }

  #tellOf(peer: Peer<Link>, saying: ServerSaying): void {
    const session = peer.arrival.id;
    if (saying.type === 'REJECTED') this.#outbound.tell(() => ({ type: 'rejected', session, code: saying.code }));
    if (saying.type === 'CREATED') {
      this.#outbound.tell(() => ({ type: 'created', session, group: saying.group, name: peer.session.name }));
    }
  }

  #forget(peer: Peer<Link>): void {
    this.#peers.delete(peer);
    this.#deadlines.cancel(peer);
    this.#unsent.forget(peer);
    this.#credentials.forget(peer);
    this.#admission.departed(peer.arrival.source, peer.isAdmitted);
  }

  #meet(peer: Peer<Link>, due: Due): void {
    switch (due) {
      case 'overdue':
        return this.#parting.drop(peer, 'timeout', peer.farewell ?? 'timeout', 'it did not end its side in time');
      case 'allowed':
        return this.#intake.pump(peer, this.#now);
      case 'too slow':
        return this.#perform(peer, peer.session.close('timeout'));
      case 'dead':
        return this.#parting.drop(peer, 'timeout', 'timeout', 'nothing was heard of it');
      case 'silent':
        peer.pinged = true;
        return peer.outbox.push({ type: 'PING', token: Math.floor(this.#now) % 2 ** 32 });
      case 'unsent':
        peer.measureAt = Number.POSITIVE_INFINITY; // backlog() says when the next time is
        return this.#outbound.push({ type: 'measure', link: peer.link });
    }
  }

  /** Sees to it that the peer is looked at in time. */
  #look(peer: Peer<Link>): void {
    if (peer.gone) return;
    const at = nextLook(peer, this.#limits);
    if (at < Number.POSITIVE_INFINITY) this.#deadlines.schedule(peer, at);
  }
}
