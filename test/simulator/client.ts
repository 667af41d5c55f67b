/*
 * One client's process, from dialling to goodbye: what lib/client/chat-client.ts makes of a session's events, and its
 * membership held against the ledger. What it is to do, a person says (person.ts).
 */
import type { ClientEvent } from '../../lib/session/client-session.js';
import type { FrameOf, Question } from '../../lib/wire/frames.js';
import { type Journal, must } from './journal.js';
import type { ServerLedger } from './ledger.js';
import { Line, type LineParts } from './line.js';
import { Membership } from './membership.js';

/** An answer that waits for its question. */
export interface Answer {
  readonly question: Question;
  readonly value: string;
}

/** What a client is made of. */
export interface ClientParts extends Omit<LineParts, 'watcher'> {
  readonly journal: Journal;
  readonly ledger: ServerLedger;
  /** Messages that a group keeps. */
  readonly history: number;
  readonly onJoined: (frame: FrameOf<'JOINED'>) => void;
}

/** What may end a client that did nothing wrong. */
const GOOD_ENDS = ['parted', 'exit', 'too-many-attempts', 'timeout', 'slow-consumer', 'refused', 'reset', 'aborted', 'no goodbye'];

/** A running client. */
export class Client {
  membership: Membership | undefined;
  isOver = false;
  /** LEAVE is on its way. */
  #leaving = false;
  /** Answers to questions to come. */
  #answers: Answer[] = [];
  /** What was answered leads to a question, or into a group or to a refusal. */
  #awaits: 'question' | 'outcome' | undefined;
  #members: FrameOf<'MEMBERS'>['members'][number][] | undefined;
  /** BYE went behind everything that was said; while a session is coming back, it cannot. */
  #isSaidWhole = false;
  /** What WHO was answered with last. */
  lastMembers: FrameOf<'MEMBERS'>['members'] | undefined;
  readonly #line: Line;

  constructor(
    readonly name: string,
    private readonly parts: ClientParts,
  ) {
    this.#line = new Line({
      ...parts,
      watcher: {
        event: (event) => this.#take(event),
        lost: () => this.#lost(),
        ended: (text) => this.#ended(text),
      },
    });
    this.#line.dial();
  }

  /** The question that is open and that nobody is answering. */
  get asked(): Question | undefined {
    if (!this.#line.isUp || this.#awaits || this.#leaving) return undefined;
    return this.#line.session.asked?.question as Question | undefined;
  }

  get isUp(): boolean {
    return this.#line.isUp;
  }

  /** Nothing is under way. */
  get isSettled(): boolean {
    if (this.isOver) return true;
    if (!this.#line.isUp || this.#awaits || this.#leaving) return false;
    return this.membership ? this.#line.session.state === 'chatting' && this.membership.isUpToDate : this.asked !== undefined;
  }

  /** Answers the menu and what follows it: all at once, or each question as it comes. */
  converse(atOnce: boolean, ...answers: readonly Answer[]): void {
    this.#step(`answers ${answers.map(({ question, value }) => `${question} "${value}"`).join(', ')}${atOnce ? ' at once' : ''}`);
    this.#awaits = answers.length === 1 ? 'question' : 'outcome';
    if (atOnce) this.#line.session.answer(...answers);
    else this.#answers = [...answers];
    this.#answerNext();
    this.#line.flushSoon();
  }

  say(text: string): void {
    if (!this.membership || this.#leaving || this.#line.sentBye) return;
    this.membership.say(text);
    this.#line.session.say(text);
    this.#line.flushSoon();
  }

  who(): void {
    if (!this.#line.isUp || this.#line.session.state !== 'chatting' || this.#members || this.#leaving) return;
    this.#members = [];
    this.#line.session.who();
    this.#line.flushSoon();
  }

  leave(): void {
    if (!this.#line.isUp || this.#leaving || this.#line.session.state === 'opening') return;
    if (this.membership && this.#line.session.state !== 'chatting') return; // it is coming back just now
    this.#step('leaves');
    this.#leaving = true;
    this.#answers = [];
    this.#awaits = undefined;
    this.#line.session.leave();
    this.#line.flushSoon();
  }

  exit(): void {
    if (this.#line.sentBye) return;
    this.#step('says BYE');
    this.#isSaidWhole = this.#line.isUp && this.#line.session.state === 'chatting';
    this.#line.part();
  }

  breakOff(): void {
    this.#line.breakOff();
  }

  /** The process is no more. */
  die(): void {
    this.isOver = true;
    this.#line.die();
  }

  mustBeUpToDate(): void {
    if (!this.isOver) this.membership?.mustBeUpToDate();
  }

  #take(event: ClientEvent): void {
    switch (event.type) {
      case 'PROMPT':
        return this.#prompted(event);
      case 'REJECTED':
        return this.#rejected(event);
      case 'JOINED':
        return this.#joined(event);
      case 'MESSAGE':
        return this.#member.heard(event);
      case 'ACCEPTED':
        return this.#member.accepted(event);
      case 'MEMBERS':
        this.#members?.push(...event.members);
        if (event.last === 'yes') [this.lastMembers, this.#members] = [this.#members, undefined];
        return;
      case 'BYE':
        this.#step(`hears BYE ${event.code}`);
        must(event.code !== 'protocol-error', () => `frames: ${this.name} broke the protocol: ${event.text}`);
        if (event.code === 'exit' && this.#isSaidWhole) this.membership?.left();
        return;
      default:
    }
  }

  #prompted({ question }: FrameOf<'PROMPT'>): void {
    if (this.#line.session.resume) return; // the menu of a new connection, while the lost session is being resumed
    if (this.membership) {
      this.#step('is out of its group');
      must(this.#leaving, () => `${this.name}: is at the menu and has not left #${this.membership?.seat.group.id}`);
      this.membership.left();
      this.membership = undefined;
    }
    if (question === 'menu') this.#leaving = false;
    if (this.#awaits === 'question') this.#awaits = undefined;
    this.#line.isGood();
    this.#answerNext();
  }

  #rejected({ code, question }: FrameOf<'REJECTED'>): void {
    this.#step(`hears REJECTED ${code}`);
    this.#answers = [];
    this.#awaits = undefined;
    if (question !== 'none') return;
    must(code === 'unknown-session', () => `${this.name}: a good message was refused as ${code}`);
    this.membership?.forgotten();
    this.membership = undefined;
  }

  #joined(frame: FrameOf<'JOINED'>): void {
    const { group, name, resumed } = frame;
    this.#step(`is in #${group} as "${name}"${resumed === 'no' ? '' : ` again: ${resumed}`}, message ${frame.nextSequence} is next`);
    const seat = this.parts.ledger.seatOf(this.#line.wireId);
    must(seat?.group.id === group && seat.name === name, () => `seats: ${this.name} joined #${group}, and the server knows nothing of it`);
    if (resumed === 'no') {
      must(!this.membership, () => `seats: ${this.name} joined #${group} and was in a group already`);
      this.membership = new Membership(this.name, seat, frame, this.parts.history);
    } else {
      must(this.membership?.seat === seat, () => `seats: ${this.name} came back to a seat that is not its own`);
      this.membership.resumed(frame);
    }
    this.#answers = [];
    this.#awaits = undefined;
    this.#line.isGood();
    this.parts.onJoined(frame);
  }

  get #member(): Membership {
    must(this.membership !== undefined, () => `messages: ${this.name} hears one and is in no group`);
    return this.membership;
  }

  #answerNext(): void {
    const asked = this.#line.session.asked?.question;
    const [next] = this.#answers;
    if (!next || next.question !== asked) return;
    this.#answers.shift();
    this.#line.session.answer(next);
  }

  #lost(): void {
    this.#step('lost its connection');
    this.#answers = [];
    this.#awaits = undefined;
    this.#leaving = false;
    this.#members = undefined;
  }

  #ended(text: string): void {
    this.#step(`ended: ${text}`);
    must(text !== 'taken-over', () => `seats: ${this.name} was thrown out by itself`);
    must(GOOD_ENDS.includes(text) || text === 'shutting-down', () => `client: ${this.name} ended with ${text}`);
    this.isOver = true;
  }

  #step(what: string): void {
    this.parts.journal.step(this.name, what);
  }
}
