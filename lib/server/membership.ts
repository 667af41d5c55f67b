/*
 * What members do: enter a group, say something, leave, get lost, come back. Joins the sessions to the
 * seats (seating.ts) and the log, and tells of it as events.
 */
import type { Fanout } from '../group/fanout.js';
import type { Group } from '../group/group.js';
import type { Entry, GroupLog } from '../group/log.js';
import type { Seat } from '../group/seat.js';
import type { SessionAnswer, SessionOutput } from '../session/session-requests.js';
import type { ServerLimits } from './limits.js';
import type { Outbound } from './outbound.js';
import type { Peer } from './peer.js';
import { type Back, Seating } from './seating.js';

const NOT_KEPT = 'Your message was not taken: the group is gone, or its log has a fault. Leave the group, and join or create another.';

/** What the members' part needs of the machine. */
export interface MembershipPorts<Link> {
  readonly limits: ServerLimits;
  readonly log: GroupLog;
  readonly fanout: Fanout<Peer<Link>>;
  readonly outbound: Outbound<Link>;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Tells a session what it waits for. */
  readonly settle: (peer: Peer<Link>, answer: SessionAnswer) => void;
  readonly perform: (peer: Peer<Link>, outputs: readonly SessionOutput[]) => void;
  /** The log has answered for a member that could not be read further. */
  readonly goOn: (peer: Peer<Link>) => void;
  readonly schedule: (item: Seat<Peer<Link>> | Group<Peer<Link>>, afterMs: number) => void;
  readonly cancel: (item: Seat<Peer<Link>> | Group<Peer<Link>>) => void;
}

/** The members of all groups on this server. */
export class Membership<Link> {
  /** Groups that have comings and goings to tell at the end of the turn. */
  readonly news = new Set<Group<Peer<Link>>>();
  readonly #seating: Seating<Link>;

  constructor(private readonly ports: MembershipPorts<Link>) {
    const { log, fanout, randomBytes, limits } = ports;
    this.#seating = new Seating(
      { log, fanout, randomBytes, presenceUpTo: limits.presenceUpTo },
      {
        told: (group, entry) => this.#told(group, entry),
        news: (group) => this.news.add(group),
        emptied: (group) => ports.schedule(group, limits.emptyGroupKeptMs),
      },
    );
  }

  /** The groups that have members here. */
  get groups(): ReadonlyMap<string, Group<Peer<Link>>> {
    return this.#seating.groups;
  }

  enter(peer: Peer<Link>, groupId: string, name: string): void {
    const { settle, cancel, outbound } = this.ports;
    const ghost = this.#seating.ghost(groupId, name);
    if (ghost) this.#vacate(ghost);
    const entered = this.#seating.enter(peer, groupId, name);
    if (entered === 'name-taken') return settle(peer, { type: 'name-taken' });
    if (entered === 'no-such-group') return settle(peer, { type: 'refused', code: 'wrong-credentials', counts: false });
    const { group, name: seatName, members } = entered;
    const known = this.groups.get(group);
    if (known) cancel(known);
    outbound.tell(() => ({ type: 'joined', session: peer.arrival.id, group, name: seatName, members }));
    settle(peer, { type: 'joined', frame: entered });
  }

  resume(peer: Peer<Link>, token: Uint8Array, lastSequence: number, now: number): void {
    const { settle, perform, cancel, outbound, goOn } = this.ports;
    const unknown = () => settle(peer, { type: 'unknown-session' });
    const seat = this.#seating.seatOf(token);
    if (!seat) return unknown();
    peer.bucket = seat.bucket;
    if (peer.bucket.has(now)) peer.bucket.take(now); // without a token it comes back, too, and is read when there is one
    const back: Back<Link> = (frame, missed, sit) => {
      if (peer.gone || !peer.session.waits) return;
      const former = seat.outbox?.owner;
      this.#seating.takeOver(seat);
      if (former) perform(former, former.session.close('taken-over'));
      perform(peer, peer.session.settle({ type: 'joined', frame }));
      for (const { sequence, time, sender, text } of missed) peer.outbox.push({ type: 'MESSAGE', sequence, time, sender, text });
      sit(peer);
      cancel(seat);
      const { group, name, resumed } = frame;
      outbound.tell(() => ({ type: 'resumed', session: peer.arrival.id, group, name, gap: resumed === 'gap' }));
      goOn(peer);
    };
    this.#seating.resume(seat, lastSequence, back, unknown);
  }

  say(peer: Peer<Link>, messageId: number, text: string, now: number): void {
    const { seat } = peer;
    if (!seat) return;
    if (!seat.isNew(messageId)) {
      const sequence = seat.sequenceOf(messageId);
      if (sequence !== undefined) peer.outbox.push({ type: 'ACCEPTED', id: messageId, sequence });
      else if (seat.appending === 0) this.#refuse(peer, messageId); // as before, but that was told to a connection that was lost
      return;
    }
    seat.appending++;
    const entry = { time: Math.floor(now), sender: seat.name, text, origin: { seat, messageId } };
    let isAnswered = false;
    const answered = (sequence: number | undefined) => {
      if (!isAnswered) this.#appended(seat, messageId, sequence);
      isAnswered = true;
    };
    try {
      this.ports.log.append(seat.group.id, entry, answered);
    } catch (error) {
      answered(undefined); // the fault is the log's, and whoever runs it hears of it; the speaker has to know, too
      throw error;
    }
  }

  /** Says who is there. */
  who(peer: Peer<Link>): void {
    for (const page of peer.seat?.group.members() ?? []) peer.outbox.push(page);
  }

  /** A member goes for good. */
  leave({ seat }: Peer<Link>): void {
    if (seat) this.#vacate(seat);
  }

  /** A member's connection is lost; its seat is kept for a while. */
  lose({ seat }: Peer<Link>): void {
    if (!seat) return;
    this.#seating.lose(seat);
    this.ports.schedule(seat, this.ports.limits.seatKeptMs);
    this.ports.outbound.tell(() => ({ type: 'lost', session: seat.session, group: seat.group.id, name: seat.name }));
  }

  /** A lost member has not come back. */
  expire(seat: Seat<Peer<Link>>): void {
    if (!seat.outbox) this.#vacate(seat);
  }

  /** A group has been empty for long enough. */
  retire(group: Group<Peer<Link>>): void {
    if (group.seats.size === 0) this.#seating.retire(group);
  }

  #vacate(seat: Seat<Peer<Link>>): void {
    this.ports.cancel(seat);
    this.#seating.leave(seat);
    this.ports.outbound.tell(() => ({ type: 'left', session: seat.session, group: seat.group.id, name: seat.name }));
  }

  /** The log has answered; without a sequence number it has not kept the message. */
  #appended(seat: Seat<Peer<Link>>, messageId: number, sequence: number | undefined): void {
    seat.appending--;
    const peer = seat.outbox?.owner;
    if (peer && sequence === undefined) this.#refuse(peer, messageId);
    if (peer && (peer.held || peer.paused || peer.inputEnded)) this.ports.goOn(peer);
  }

  #refuse(peer: Peer<Link>, id: number): void {
    this.ports.perform(peer, [{ do: 'send', saying: { type: 'REJECTED', code: 'bad-message', question: 'none', id, text: NOT_KEPT } }]);
  }

  #told({ id }: Group<Peer<Link>>, { sequence, sender, text, origin }: Entry): void {
    const seat = origin.seat as Seat<Peer<Link>>;
    seat.told(origin.messageId, sequence);
    this.ports.outbound.tell(() => ({ type: 'said', session: seat.session, group: id, name: sender, sequence, text }));
  }
}
