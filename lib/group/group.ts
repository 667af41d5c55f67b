/*
 * A group while somebody of this server sits in it: its seats, who is told what, and in which order. Its
 * messages come from the log that it follows; comings and goings are gathered over a turn.
 */
import type { CodecName } from '../address.js';
import type { FrameOf } from '../wire/frames.js';
import { Channel, type Fanout, type Outbox } from './fanout.js';
import type { Entry, Following } from './log.js';

/** A coming or going. */
export type PresenceChange = FrameOf<'PRESENCE'>['changes'][number];

/** Changes in one frame, so that it stays under its limit whatever the names are. */
const CHANGES_PER_FRAME = 100;
/** Members on one page of MEMBERS, for the same reason. */
const MEMBERS_PER_PAGE = 100;

/** What a group knows of a seat: who sits there, and over which connection, if any. */
export interface Member<Owner> {
  readonly name: string;
  outbox: Outbox<Owner> | undefined;
}

/** A group's members here. */
export class Group<Owner> {
  readonly kind = 'group';
  scheduledAt = Number.POSITIVE_INFINITY;
  readonly seats = new Map<string, Member<Owner>>();
  /** The newest message that was told here. */
  lastSequence = 0;
  following: Following | undefined;
  readonly #channels = new Map<CodecName, Channel<Owner>>();
  #changes: { readonly change: PresenceChange; readonly newcomer: Outbox<Owner> | undefined }[] = [];

  constructor(
    readonly id: string,
    private readonly fanout: Fanout<Owner>,
    private readonly presenceUpTo: number,
  ) {}

  /** Gives a seat its connection; from here on it is told what is said. */
  attach(seat: Member<Owner>, outbox: Outbox<Owner>): void {
    seat.outbox = outbox;
    const channel = this.#channels.get(outbox.codec.name) ?? new Channel(this.fanout, outbox.codec);
    this.#channels.set(outbox.codec.name, channel);
    outbox.join(channel);
  }

  /** Takes a seat's connection away. */
  detach(seat: Member<Owner>): void {
    seat.outbox?.leave();
    seat.outbox = undefined;
  }

  /** Tells a message to all but the one who said it, who is told that it was accepted. */
  tell({ sequence, time, sender, text, origin }: Entry): void {
    this.sealPresence();
    this.lastSequence = sequence;
    const speaker = (origin.seat as Member<Owner>).outbox;
    const message = { type: 'MESSAGE', sequence, time, sender, text } as const;
    for (const channel of this.#channels.values()) {
      if (channel.members.size > 0) channel.publish(message, speaker?.channel === channel ? [speaker] : []);
    }
    speaker?.push({ type: 'ACCEPTED', id: origin.messageId, sequence });
  }

  /** Tells that somebody came or went, at the end of the turn or before the next message. */
  announce(what: PresenceChange['what'], { name, outbox }: Member<Owner>): void {
    if (this.seats.size > this.presenceUpTo) return;
    this.#changes.push({ change: { what, name }, newcomer: what === 'joined' || what === 'back' ? outbox : undefined });
  }

  /** Closes the gathering of comings and goings: what is said after this comes after them. */
  sealPresence(): void {
    if (this.#changes.length === 0) return;
    const gathered = this.#changes;
    this.#changes = [];
    const changes = gathered.map(({ change }) => change);
    const comingOf = new Map<Outbox<Owner>, number>(); // the last one, if it went and came again in the meantime
    gathered.forEach(({ newcomer }, i) => {
      if (newcomer && newcomer.channel === this.#channels.get(newcomer.codec.name)) comingOf.set(newcomer, i);
    });
    const newcomers = [...comingOf.keys()];
    for (const [newcomer, i] of comingOf) {
      for (const frame of pages(changes.slice(i + 1))) newcomer.push(frame); // who came after it, but not itself
    }
    for (const channel of this.#channels.values()) {
      const except = newcomers.filter((outbox) => outbox.channel === channel);
      for (const frame of pages(changes)) if (channel.members.size > except.length) channel.publish(frame, except);
    }
  }

  /** True if comings and goings wait to be told. */
  get hasNews(): boolean {
    return this.#changes.length > 0;
  }

  /** The members, in pages; one without a connection is away. */
  members(): FrameOf<'MEMBERS'>[] {
    const members = [...this.seats.values()].map(({ name, outbox }) => ({ name, here: outbox ? ('yes' as const) : ('no' as const) }));
    const count = Math.max(1, Math.ceil(members.length / MEMBERS_PER_PAGE));
    return Array.from({ length: count }, (_, i) => ({
      type: 'MEMBERS',
      members: members.slice(i * MEMBERS_PER_PAGE, (i + 1) * MEMBERS_PER_PAGE),
      last: i === count - 1 ? 'yes' : 'no',
    }));
  }
}

function pages(changes: readonly PresenceChange[]): FrameOf<'PRESENCE'>[] {
  const count = Math.ceil(changes.length / CHANGES_PER_FRAME);
  return Array.from({ length: count }, (_, i) => ({
    type: 'PRESENCE',
    changes: changes.slice(i * CHANGES_PER_FRAME, (i + 1) * CHANGES_PER_FRAME),
  }));
}
