/*
 * Who sits where: the groups that have members here, their seats, and the tokens with which a lost member
 * comes back. Knows nothing of bytes; what is to be told goes into the members' outboxes.
 */
import type { Fanout } from '../group/fanout.js';
import { Group } from '../group/group.js';
import type { Entry, GroupLog } from '../group/log.js';
import { Seat } from '../group/seat.js';
import { nameKey } from '../session/rules.js';
import type { FrameOf } from '../wire/frames.js';
import type { Peer } from './peer.js';

const TOKEN_BYTES = 16;
const NO_TOKEN = new Uint8Array(0);

/** What happens to seats and groups, for the machine to act on. */
export interface SeatingWatcher<Link> {
  /** An entry of the log was told to a group. */
  told(group: Group<Peer<Link>>, entry: Entry): void;
  /** A group has news for the end of the turn. */
  news(group: Group<Peer<Link>>): void;
  /** The last member has gone. */
  emptied(group: Group<Peer<Link>>): void;
}

/** Takes what JOINED tells one who comes back, what it missed, and the way to its seat. */
export type Back<Link> = (frame: FrameOf<'JOINED'>, missed: readonly Entry[], sit: (peer: Peer<Link>) => void) => void;

/** The seats of all groups on this server. */
export class Seating<Link> {
  readonly groups = new Map<string, Group<Peer<Link>>>();
  readonly #seatByToken = new Map<string, Seat<Peer<Link>>>();

  constructor(
    private readonly ports: {
      readonly log: GroupLog;
      readonly fanout: Fanout<Peer<Link>>;
      readonly randomBytes: (count: number) => Uint8Array;
      readonly presenceUpTo: number;
    },
    private readonly watcher: SeatingWatcher<Link>,
  ) {}

  /** Seats a peer under a name; says what JOINED will tell, or why it cannot be. */
  enter(peer: Peer<Link>, groupId: string, name: string): FrameOf<'JOINED'> | 'name-taken' | 'no-such-group' {
    const group = this.#group(groupId);
    if (!group) return 'no-such-group';
    const key = nameKey(name);
    if (group.seats.has(key)) return 'name-taken';
    const token = peer.framed ? this.ports.randomBytes(TOKEN_BYTES) : NO_TOKEN;
    const seat = new Seat(group, name, key, token, peer.bucket);
    group.seats.set(key, seat);
    if (token.length > 0) this.#seatByToken.set(tokenKey(token), seat);
    this.#sit(peer, seat, 'joined');
    return joinedFrame(seat, 'no');
  }

  /**
   * The seat of a name whose owner was lost before it sent anything: JOINED may never have arrived, and without
   * its token nobody can come back, so the seat gives way to the next of that name.
   */
  ghost(groupId: string, name: string): Seat<Peer<Link>> | undefined {
    const seat = this.groups.get(groupId)?.seats.get(nameKey(name)) as Seat<Peer<Link>> | undefined;
    return seat && !seat.outbox && !seat.heard ? seat : undefined;
  }

  /** The seat that a token belongs to. */
  seatOf(token: Uint8Array): Seat<Peer<Link>> | undefined {
    return this.#seatByToken.get(tokenKey(token));
  }

  /**
   * A lost member comes back over another connection. It is told what it missed, then what is said from now
   * on; the log may take its time, and what is said meanwhile is read, too.
   * @param done called once all that was missed is read
   * @param gone called instead if the seat is given up meanwhile
   */
  resume(seat: Seat<Peer<Link>>, lastSequence: number, done: Back<Link>, gone: () => void): void {
    const { group } = seat;
    const missed: Entry[] = [];
    let gap = false;
    const read = (after: number): void =>
      this.ports.log.read(group.id, after, (page) => {
        if (this.#seatByToken.get(tokenKey(seat.token)) !== seat) return gone();
        gap ||= page.gap;
        missed.push(...page.entries);
        // an empty page is as old as the question: what was told since then has to be read, too
        const last = page.entries.at(-1)?.sequence ?? (page.gap ? group.lastSequence : after);
        if (last < group.lastSequence) return read(last);
        // what the log has read but not told yet is still to be told
        const others = missed.filter(({ sequence, origin }) => sequence <= group.lastSequence && origin.seat !== seat);
        done(joinedFrame(seat, gap ? 'gap' : 'whole'), others, (peer) => this.#sit(peer, seat, 'back'));
      });
    read(lastSequence);
  }

  /** A member goes for good. */
  leave(seat: Seat<Peer<Link>>): void {
    const { group } = seat;
    this.#unsit(seat);
    group.seats.delete(seat.key);
    seat.forget();
    if (seat.token.length > 0) this.#seatByToken.delete(tokenKey(seat.token));
    this.#announce('left', seat);
    if (group.seats.size === 0) this.watcher.emptied(group);
  }

  /** A member's connection is lost; the seat stays. */
  lose(seat: Seat<Peer<Link>>): void {
    this.#unsit(seat);
    this.#announce('lost', seat);
  }

  /** Takes a seat's connection away without a word, because another one takes it over. */
  takeOver(seat: Seat<Peer<Link>>): void {
    this.#unsit(seat);
  }

  /** Forgets a group without members. */
  retire(group: Group<Peer<Link>>): void {
    group.following?.stop();
    this.groups.delete(group.id);
    this.ports.log.retire(group.id);
  }

  #group(id: string): Group<Peer<Link>> | undefined {
    const known = this.groups.get(id);
    if (known) return known;
    const group = new Group<Peer<Link>>(id, this.ports.fanout, this.ports.presenceUpTo);
    group.following = this.ports.log.follow(id, (entry) => {
      group.tell(entry);
      this.watcher.told(group, entry);
    });
    if (!group.following) return undefined;
    group.lastSequence = group.following.lastSequence;
    this.groups.set(id, group);
    return group;
  }

  #sit(peer: Peer<Link>, seat: Seat<Peer<Link>>, how: 'joined' | 'back'): void {
    peer.seat = seat;
    seat.session = peer.arrival.id;
    seat.group.attach(seat, peer.outbox);
    this.#announce(how, seat);
  }

  #unsit(seat: Seat<Peer<Link>>): void {
    const peer = seat.outbox?.owner;
    if (peer) peer.seat = undefined;
    seat.group.detach(seat);
  }

  #announce(what: 'joined' | 'left' | 'lost' | 'back', seat: Seat<Peer<Link>>): void {
    seat.group.announce(what, seat);
    if (seat.group.hasNews) this.watcher.news(seat.group);
  }
}

function joinedFrame({ group, name, token }: Seat<unknown>, resumed: FrameOf<'JOINED'>['resumed']): FrameOf<'JOINED'> {
  const members = Math.min(group.seats.size, 0xffff);
  return { type: 'JOINED', group: group.id, name, members, nextSequence: group.lastSequence + 1, token, resumed };
}

function tokenKey(token: Uint8Array): string {
  return String.fromCharCode.apply(undefined, token.subarray(0, 64) as unknown as number[]);
}
