/*
 * The client's session machine: bytes of one connection in, events out, and bytes to send. Pure: the time
 * is handed in, and the driver (lib/client) has the socket and the timer. A session that was lost gives
 * its Resume to the machine of the next connection, so that nothing is lost or told twice.
 */
import { FrameDecoder } from '../wire/decode.js';
import { writeFrame } from '../wire/encode.js';
import { ByteWriter } from '../wire/fields.js';
import { type ClientFrame, type Frame, type FrameOf, MAGIC, PROTOCOL_VERSION, type Question, type ServerFrame } from '../wire/frames.js';
import { ProtocolError } from '../wire/protocol-error.js';
import { type ClientSessionState, nextClientState } from './client-states.js';

/** After this much silence the client asks for a sign of life, ms. */
export const PING_AFTER_MS = 30_000;
/** After this much silence the connection counts as dead, ms. */
export const DEAD_AFTER_MS = 75_000;
/** SAYs that may be on their way at once; the server remembers twice as many to find doubled ones. */
export const MAX_UNACCEPTED = 128;

/** A message of one's own on its way. */
export interface Saying {
  readonly id: number;
  readonly text: string;
}

/** What a lost session needs to go on. */
export interface Resume {
  readonly token: Uint8Array;
  readonly lastSequence: number;
  readonly nextMessageId: number;
  /** Sent, but not yet accepted; and behind them those not yet sent. In order. */
  readonly unaccepted: readonly Saying[];
}

/** What a client may be told. */
export type ClientEvent = Exclude<ServerFrame, { readonly type: 'PING' | 'PONG' }>;

/** What watches a session. */
export interface ClientSessionObserver {
  frame?(direction: 'sent' | 'received', frame: Frame): void;
  transition?(from: ClientSessionState, event: string, to: ClientSessionState): void;
}

/** One connection's session, seen from the client. */
export class ClientSession {
  #state: ClientSessionState = 'opening';
  #asked: FrameOf<'PROMPT'> | undefined;
  /** The questions that were answered ahead: who comes to one of them finds its answer there. */
  #ahead: readonly Pick<FrameOf<'ANSWER'>, 'id' | 'question'>[] = [];
  #lastHeard: number;
  #pinged = false;
  #token: Uint8Array = new Uint8Array(0);
  #lastSequence = 0;
  #nextMessageId = 1;
  #unaccepted: Saying[] = [];
  #sentSayings = 0;
  #wasChatting = false;
  /** LEAVE or BYE that waits behind what was said and answered. */
  #last: FrameOf<'LEAVE'> | FrameOf<'BYE'> | undefined;
  readonly #out = new ByteWriter();
  readonly #decoder = new FrameDecoder('server');
  readonly #observer: ClientSessionObserver | undefined;

  /** Begins with HELLO; with the {@link Resume} of a lost session it asks to go on with it. */
  constructor(now: number, { resume, observer }: { resume?: Resume | undefined; observer?: ClientSessionObserver | undefined } = {}) {
    this.#lastHeard = now;
    this.#observer = observer;
    if (resume) {
      this.#token = resume.token;
      this.#lastSequence = resume.lastSequence;
      this.#nextMessageId = resume.nextMessageId;
      this.#unaccepted = [...resume.unaccepted];
    }
    this.#send({ type: 'HELLO', magic: MAGIC, version: PROTOCOL_VERSION, token: this.#token, lastSequence: this.#lastSequence });
  }

  get state(): ClientSessionState {
    return this.#state;
  }

  /** The question that is open: nothing once it was answered or is being left, nor while a lost session is being resumed. */
  get asked(): FrameOf<'PROMPT'> | undefined {
    return this.#state === 'asked' ? this.#asked : undefined;
  }

  /** What another connection needs to go on with this session; nothing if there is no seat to go back to. */
  get resume(): Resume | undefined {
    if (this.#token.length === 0) return undefined;
    return { token: this.#token, lastSequence: this.#lastSequence, nextMessageId: this.#nextMessageId, unaccepted: this.#unaccepted };
  }

  /** When {@link timeout} wants to be called. */
  get nextDeadline(): number {
    return this.#lastHeard + (this.#pinged ? DEAD_AFTER_MS : PING_AFTER_MS);
  }

  /**
   * Takes bytes of the server's; gives what they tell, in order.
   * @throws {ProtocolError} if the server broke the protocol: drop the connection then.
   */
  *receive(chunk: Uint8Array, now: number): Generator<ClientEvent, void> {
    this.#lastHeard = now;
    this.#pinged = false;
    this.#decoder.push(chunk);
    for (let frame = this.#decoder.next(); frame; frame = this.#decoder.next()) {
      this.#observer?.frame?.('received', frame);
      this.#step(frame);
      const event = this.#take(frame);
      if (event) yield event;
    }
  }

  /** Time has passed. True: the server is silent for too long, drop the connection. */
  timeout(now: number): boolean {
    if (now >= this.#lastHeard + DEAD_AFTER_MS) return true;
    if (!this.#pinged && now >= this.#lastHeard + PING_AFTER_MS) {
      this.#pinged = true;
      this.#send({ type: 'PING', token: this.#nextMessageId });
    }
    return false;
  }

  /** What is to be sent now, or nothing. */
  takeBytes(): Uint8Array | undefined {
    this.#sendWaiting();
    if (this.#out.length === 0) return undefined;
    const bytes = this.#out.written().slice();
    this.#out.length = 0;
    return bytes;
  }

  /** Answers the open question, and those that will follow it, without waiting for them. */
  answer(...answers: readonly { readonly question: Question; readonly value: string }[]): void {
    const first = this.asked?.id;
    if (first === undefined) throw new ProtocolError('unexpected', 'nothing is asked');
    this.#asked = undefined;
    this.#ahead = answers.map(({ question }, i) => ({ id: first + i, question }));
    answers.forEach(({ question, value }, i) => {
      this.#send({ type: 'ANSWER', id: first + i, question, value });
    });
  }

  /** Says something; returns its message ID, which ACCEPTED will name. */
  say(text: string): number {
    const id = this.#nextMessageId++;
    this.#unaccepted.push({ id, text });
    return id;
  }

  /** Asks for the members. */
  who(): void {
    this.#send({ type: 'WHO' });
  }

  /** Back to the menu, once it is known what came of the answers before. What was said before is told before. */
  leave(): void {
    this.#last ??= { type: 'LEAVE' };
    this.#sendWaiting();
  }

  /**
   * Parts with the server. What was said before is sent before, as fast as ACCEPTED lets it: for BYE to be sent, and for all to be
   * told, the connection has to be kept until the server answers with BYE.
   */
  bye(text: string): void {
    this.#last = { type: 'BYE', code: 'exit', text, retryAfterMs: 0 };
    this.#sendWaiting();
  }

  #step(frame: ServerFrame): void {
    const from = this.#state;
    const to = nextClientState(from, frame.type);
    if (!to) throw new ProtocolError('unexpected', `a ${frame.type} in the state "${from}"`);
    this.#state = to;
    if (from !== to || frame.type === 'PROMPT') this.#observer?.transition?.(from, frame.type, to);
  }

  #take(frame: ServerFrame): ClientEvent | undefined {
    switch (frame.type) {
      case 'PING':
        this.#send({ type: 'PONG', token: frame.token });
        return undefined;
      case 'PONG':
        return undefined;
      case 'PROMPT':
        if (this.#wasChatting) this.#forget(); // the menu after a group: the seat was given up
        this.#prompted(frame);
        break;
      case 'REJECTED':
        if (frame.code === 'unknown-session') this.#forget();
        else if (frame.question === 'none') this.#settle(frame.id);
        break;
      case 'JOINED':
        this.#joined(frame);
        break;
      case 'MESSAGE':
        this.#lastSequence = Math.max(this.#lastSequence, frame.sequence);
        break;
      case 'ACCEPTED':
        this.#lastSequence = Math.max(this.#lastSequence, frame.sequence);
        this.#settle(frame.id);
        break;
      default:
    }
    return frame;
  }

  #prompted(frame: FrameOf<'PROMPT'>): void {
    if (this.#token.length > 0) return; // the menu of a new connection: HELLO has answered it
    if (this.#ahead.some(({ id, question }) => id === frame.id && question === frame.question)) return;
    this.#ahead = []; // the rest of them is stale
    this.#asked = frame;
    if (frame.question === 'menu' && this.#last?.type === 'LEAVE') this.#last = undefined; // it is there
    this.#sendWaiting();
  }

  #joined({ token, nextSequence, resumed }: FrameOf<'JOINED'>): void {
    this.#wasChatting = true;
    this.#asked = undefined;
    this.#token = token;
    if (resumed === 'no') {
      this.#lastSequence = nextSequence - 1;
      this.#nextMessageId = 1;
      this.#unaccepted = [];
    }
  }

  #settle(id: number): void {
    const index = this.#unaccepted.findIndex((saying) => saying.id === id);
    if (index < 0) return;
    this.#unaccepted.splice(index, 1);
    if (index < this.#sentSayings) this.#sentSayings--;
  }

  #forget(): void {
    this.#wasChatting = false;
    this.#token = new Uint8Array(0);
    this.#unaccepted = [];
    this.#sentSayings = 0;
  }

  /** What was said, as much of it as may be on its way; and behind all of it what is to be sent last. */
  #sendWaiting(): void {
    if (this.#state === 'chatting') this.#sendSayings();
    const last = this.#last;
    if (!last || this.#sentSayings < this.#unaccepted.length) return;
    // a LEAVE behind answers could meet any question; sent now, the next question is the menu that it leads to
    if (last.type === 'LEAVE' && this.#state !== 'chatting' && !this.asked) return;
    this.#last = undefined;
    this.#asked = undefined;
    this.#send(last);
  }

  #sendSayings(): void {
    while (this.#sentSayings < MAX_UNACCEPTED && this.#sentSayings < this.#unaccepted.length) {
      const { id, text } = this.#unaccepted[this.#sentSayings++] as Saying;
      this.#send({ type: 'SAY', id, text });
    }
  }

  #send(frame: ClientFrame): void {
    this.#observer?.frame?.('sent', frame);
    writeFrame(this.#out, frame);
  }
}
