/*
 * What one client has heard in one seat, held against the ledger at every frame: the messages of all others, each
 * once, in the group's order, none left out unless a gap was told, and its own accepted in the order in which it said
 * them.
 */
import type { FrameOf } from '../../lib/wire/frames.js';
import { must } from './journal.js';
import type { SeatRecord, Told } from './ledger.js';

/** Roughly what a message takes of a group's history; lib/group/history.ts counts alike. */
const HISTORY = { bytes: 256 * 1024, bytesOfEntry: 96 };

/** A client's view of its seat. */
export class Membership {
  readonly #said: string[] = [];
  readonly #history: number;
  /** The newest message that it has heard of. */
  #mark: number;
  #accepted = 0;
  /** What others said after this one is still owed to it. Ahead of the mark only after a gap was told. */
  #owedAfter: number;

  constructor(
    readonly who: string,
    readonly seat: SeatRecord,
    { nextSequence }: FrameOf<'JOINED'>,
    history: number,
  ) {
    must(nextSequence === seat.after + 1, () => `${who}: joined before message ${nextSequence}, but ${seat.after} were told by then`);
    seat.said = this.#said;
    this.#mark = seat.after;
    this.#owedAfter = seat.after;
    this.#history = history;
  }

  get unaccepted(): number {
    return this.#said.length - this.#accepted;
  }

  /** What there is to hear, and whether it was heard. */
  get isUpToDate(): boolean {
    return this.unaccepted === 0 && this.#missed(this.#told.length).length === 0;
  }

  say(text: string): void {
    this.#said.push(text);
  }

  resumed({ resumed, nextSequence }: FrameOf<'JOINED'>): void {
    must(nextSequence > this.#mark, () => `${this.who}: came back before message ${nextSequence}, having heard ${this.#mark}`);
    if (resumed !== 'gap') return;
    const missed = this.#told.slice(this.#mark, nextSequence - 1);
    const bytes = missed.reduce((sum, { seat, text }) => sum + HISTORY.bytesOfEntry + 2 * (seat.name.length + text.length), 0);
    const isTrue = missed.length > this.#history || bytes > HISTORY.bytes;
    must(isTrue, () => `${this.who}: was told of a gap, although all ${missed.length} messages after ${this.#mark} should be kept`);
    this.#owedAfter = nextSequence - 1;
  }

  heard({ sequence, sender, text }: FrameOf<'MESSAGE'>): void {
    const told = this.#told[sequence - 1];
    must(told !== undefined, () => `${this.who}: heard message ${sequence} of #${this.seat.group.id}, which nobody told`);
    must(told.text === text && told.seat.name === sender, () => `${this.who}: heard another message ${sequence} than was told`);
    must(told.seat !== this.seat, () => `${this.who}: heard its own message ${sequence}`);
    must(sequence > this.#mark, () => `${this.who}: heard message ${sequence} after message ${this.#mark}`);
    this.#mustMissNothingBefore(sequence);
    this.#mark = sequence;
    this.#owedAfter = sequence; // of what a gap spans, the end may be kept, but whole
  }

  accepted({ id, sequence }: FrameOf<'ACCEPTED'>): void {
    must(id === this.#accepted + 1, () => `${this.who}: message ${id} of its own was accepted after ${this.#accepted}`);
    const told = this.#told[sequence - 1];
    const isIt = told?.seat === this.seat && told.text === this.#said[id - 1];
    must(isIt, () => `${this.who}: its message ${id} was accepted as ${sequence}, which is another`);
    this.#accepted = id;
    this.#mustMissNothingBefore(sequence);
    this.#mark = Math.max(this.#mark, sequence); // one that is said again after a break was told long ago
    this.#owedAfter = Math.max(this.#owedAfter, sequence);
  }

  /** The seat was given up by its owner, and the server has said so. */
  left(): void {
    const { upTo } = this.seat;
    must(upTo !== undefined, () => `${this.who}: is out of #${this.seat.group.id}, and its seat is not given up`);
    must(this.unaccepted === 0, () => `${this.who}: left, and ${this.unaccepted} messages said before that were not accepted`);
    const missed = this.#missed(upTo);
    must(missed.length === 0, () => `${this.who}: left, and was never told ${missed.length} messages from before that`);
  }

  /** The server no longer knows the seat. */
  forgotten(): void {
    const { upTo, orphaned, name } = this.seat;
    must(orphaned || upTo !== undefined, () => `${this.who}: its session is unknown, and yet "${name}" still has its seat`);
  }

  /** At the end, when nothing more is to come. */
  mustBeUpToDate(): void {
    must(this.unaccepted === 0, () => `${this.who}: ${this.unaccepted} messages in #${this.seat.group.id} were never accepted`);
    const missed = this.#missed(this.#told.length);
    must(missed.length === 0, () => `${this.who}: ${missed.length} messages of #${this.seat.group.id} never came, after ${this.#mark}`);
  }

  #mustMissNothingBefore(sequence: number): void {
    const missed = this.#missed(sequence - 1).length;
    must(missed === 0, () => `${this.who}: hears of message ${sequence} after ${this.#mark}, and ${missed} of others were left out`);
  }

  /** Messages of others that are told up to a number, owed and not heard. */
  #missed(upTo: number): Told[] {
    return this.#told.slice(this.#owedAfter, upTo).filter(({ seat }) => seat !== this.seat);
  }

  get #told(): readonly Told[] {
    return this.seat.group.told;
  }
}
