/*
 * The truth about who said what in which group, written from the servers' events, and what must hold of it whatever
 * happens: numbers without gaps, nothing told twice, nothing invented, seats given up neither early nor late. What
 * clients hear is held against it in membership.ts.
 */
import type { ServerEvent } from '../../lib/server/output.js';
import { must } from './journal.js';

type EventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { readonly type: T }>;

/** One name in one group, from joining to leaving. */
export interface SeatRecord {
  readonly group: GroupRecord;
  readonly name: string;
  /** The newest message when it came. */
  readonly after: number;
  /** The newest message when it left. */
  upTo: number | undefined;
  /** Its server's process ended, so that nobody can come back to it. */
  orphaned: boolean;
  lostAt: number | undefined;
  /** What its owner wants to say, by message ID from 1, once the owner knows that it sits here. */
  said: string[] | undefined;
  told: number;
}

/** A message in a group's log. */
export interface Told {
  readonly seat: SeatRecord;
  readonly text: string;
}

/** A group, for as long as its log keeps it. */
export interface GroupRecord {
  readonly id: string;
  readonly told: Told[];
  readonly seats: Map<string, SeatRecord>;
}

/** What one server has told of itself. */
export class ServerLedger {
  readonly groups = new Map<string, GroupRecord>();
  readonly #bySession = new Map<string, SeatRecord>();

  constructor(
    readonly name: string,
    private readonly seatKeptMs: number,
  ) {}

  /** The seat that a session sits in, or sat in. */
  seatOf(session: string): SeatRecord | undefined {
    return this.#bySession.get(session);
  }

  take(event: ServerEvent, now: number): void {
    switch (event.type) {
      case 'joined':
        return this.#joined(event);
      case 'said':
        return this.#said(event);
      case 'resumed':
        return this.#resumed(event);
      case 'lost':
        this.#seat(event).lostAt = now;
        return;
      case 'left':
        return this.#left(event, now);
      case 'trouble':
        return must(false, () => `server: ${event.text}`);
      default:
    }
  }

  /** The server's process has ended. */
  restarted(log: 'same' | 'fresh'): void {
    for (const group of this.groups.values()) {
      for (const seat of group.seats.values()) seat.orphaned = true;
      group.seats.clear();
    }
    if (log === 'fresh') this.groups.clear();
  }

  /** No lost member keeps its seat for longer than it may. */
  mustBeInTime(now: number): void {
    for (const { id, seats } of this.groups.values()) {
      for (const { name, lostAt } of seats.values()) {
        must(lostAt === undefined || now <= lostAt + this.seatKeptMs + 1, () => `seats: "${name}" in #${id} was not given up in time`);
      }
    }
  }

  #joined({ session, group: id, name, members }: EventOf<'joined'>): void {
    const group = this.groups.get(id) ?? { id, told: [], seats: new Map<string, SeatRecord>() };
    this.groups.set(id, group);
    must(!group.seats.has(name), () => `seats: "${name}" joined #${id}, and sits there already`);
    const seat: SeatRecord = {
      ...{ group, name, after: group.told.length, upTo: undefined, orphaned: false },
      ...{ lostAt: undefined, said: undefined, told: 0 },
    };
    group.seats.set(name, seat);
    this.#bySession.set(session, seat);
    must(members === group.seats.size, () => `seats: #${id} has ${group.seats.size} members and tells "${name}" of ${members}`);
  }

  #said(event: EventOf<'said'>): void {
    const { sequence, text, name } = event;
    const group = this.groups.get(event.group);
    must(group !== undefined, () => `log: a message in #${event.group}, where nobody has been`);
    must(sequence === group.told.length + 1, () => `log: message ${sequence} follows message ${group.told.length} in #${group.id}`);
    const seat = this.#bySession.get(event.session);
    must(seat?.group === group && seat.name === name, () => `log: "${name}" said something in #${group.id} without a seat there`);
    must(text === seat.said?.[seat.told], () => `log: "${name}" did not say "${text.slice(0, 20)}" next, but it was told as ${sequence}`);
    seat.told++;
    group.told.push({ seat, text });
  }

  #resumed(event: EventOf<'resumed'>): void {
    const seat = this.groups.get(event.group)?.seats.get(event.name);
    must(seat !== undefined, () => `seats: "${event.name}" came back to #${event.group}, where it has no seat`);
    seat.lostAt = undefined;
    this.#bySession.set(event.session, seat);
  }

  #left(event: EventOf<'left'>, now: number): void {
    const seat = this.#seat(event);
    seat.upTo = seat.group.told.length;
    seat.group.seats.delete(seat.name);
    const wasKept = seat.lostAt === undefined || now >= seat.lostAt + this.seatKeptMs - 1;
    must(wasKept || seat.told === 0, () => `seats: "${seat.name}" in #${seat.group.id} was given up too early`);
  }

  #seat({ group, name }: { readonly group: string; readonly name: string }): SeatRecord {
    const seat = this.groups.get(group)?.seats.get(name);
    must(seat !== undefined, () => `seats: "${name}" goes from #${group} and does not sit there`);
    return seat;
  }
}
