/*
 * A chat client: the server's questions and the group's messages as RxJS streams, and a method for
 * everything a person can do. It turns what the session tells (lib/session/client-session.ts) into streams and
 * promises; the line (line.ts) has the connection, and dials again when it is lost.
 */
import { Observable, ReplaySubject, Subject } from 'rxjs';
import { withDefaults } from '../defaults.js';
import type { Host } from '../host.js';
import type { ClientEvent } from '../session/client-session.js';
import { checkMessage } from '../session/rules.js';
import type { Tap } from '../trace.js';
import { type Address, parseAddress, TransportError, transportFor } from '../transport.js';
import type { FrameOf, Question } from '../wire/frames.js';
import { ChatError, type ChatErrorCode } from './chat-error.js';
import type { Accepted, ClientState, Member, Membership, Message, Presence, Prompt, Reconnecting, Rejection } from './client-state.js';
import { type Answer, type Dialogue, toCreate, toJoin } from './dialogue.js';
import { Line } from './line.js';
import { DEFAULT_RECONNECT, type ReconnectPolicy } from './reconnect.js';
import { Sayings } from './sayings.js';
import type { Waiting } from './waiting.js';

/** What may be said when a client is made. */
export interface ChatClientOptions {
  /** How it comes back after a lost connection; false: it does not. */
  readonly reconnect?: Partial<ReconnectPolicy> | false;
  /** The client's name in traces. Default `client`. */
  readonly actor?: string;
  /** Sees what happens on its connection. */
  readonly tap?: Tap;
  /** Gives up the first dialling when it fires. */
  readonly signal?: AbortSignal;
}

/**
 * One client, from dialling to goodbye.
 *
 * @example
 * const client = new ChatClient(node, 'tcp://127.0.0.1:4000');
 * client.messages$.subscribe(({ sender, text }) => console.log(`${sender}: ${text}`));
 * await client.join({ name: 'Bar', group: '8888', password: '1234' });
 * await client.say('Hi friends');
 */
export class ChatClient {
  /** Where it stands: the state now, then every change. Completes after `closed`. */
  readonly state$: Observable<ClientState>;
  /** The server's questions: the one that is open, then every further one. */
  readonly prompts$: Observable<Prompt>;
  /** Answers and messages that the server refused. */
  readonly rejections$: Observable<Rejection>;
  /** IDs of the groups that this client created. */
  readonly created$: Observable<string>;
  /** What the other members say. */
  readonly messages$: Observable<Message>;
  /** What this client has said, once the group's log has it: in the group's order, among `messages$`. */
  readonly accepted$: Observable<Accepted>;
  /** Who comes and goes. */
  readonly presence$: Observable<Presence>;
  readonly #states = new ReplaySubject<ClientState>(1);
  #state: ClientState = { name: 'connecting' };
  readonly #prompts = new Subject<Prompt>();
  readonly #rejections = new Subject<Rejection>();
  readonly #created = new Subject<string>();
  readonly #messages = new Subject<Message>();
  readonly #accepted = new Subject<Accepted>();
  readonly #presence = new Subject<Presence>();
  readonly #line: Line;
  readonly #sayings = new Sayings();
  #membership: Membership | undefined;
  #prompt: Prompt | undefined;
  #dialogue: Dialogue | undefined;
  #leaving: Waiting<void> | undefined;
  #who: (Waiting<readonly Member[]> & { readonly members: Member[] }) | undefined;

  /**
   * Dials at once.
   * @param host the machine beneath: `node` of `chatwire/node`, or one of your own
   * @param address where the server listens, for example `tcp://127.0.0.1:4000`
   * @throws {TransportError} `unsupported` for an address that is no URL, is the plain-text door's, or has a scheme that no transport of
   * the host's knows; what the transport finds wrong with the rest of it (a port is missing, or past 65535) comes as the state `closed`
   */
  constructor(host: Host, address: Address, options: ChatClientOptions = {}) {
    const { codec, scheme, address: plain } = parseAddress(address);
    if (codec === 'text') throw new TransportError('unsupported', 'The plain-text door is for nc and telnet; leave out "text+".');
    const { reconnect, actor = 'client', tap, signal } = options;
    const policy = reconnect === false ? undefined : withDefaults(DEFAULT_RECONNECT, reconnect ?? {});
    const transport = transportFor(host.transports, scheme);
    this.#line = new Line(
      host,
      { transport, address: plain, actor, tap, policy },
      {
        event: (event) => this.#take(event),
        lost: (error) => this.#failWaiting(error),
        reconnecting: (state) => this.#reconnecting(state),
        ended: (text, error) => this.#finish(text, error),
      },
    );
    this.state$ = this.#states.asObservable();
    this.prompts$ = new Observable((subscriber) => {
      if (this.#prompt) subscriber.next(this.#prompt);
      return this.#prompts.subscribe(subscriber);
    });
    this.rejections$ = this.#rejections.asObservable();
    this.created$ = this.#created.asObservable();
    this.messages$ = this.#messages.asObservable();
    this.accepted$ = this.#accepted.asObservable();
    this.presence$ = this.#presence.asObservable();
    this.#turnTo(this.#state);
    void this.#line.dial(signal);
  }

  /** Where it stands now. */
  get state(): ClientState {
    return this.#state;
  }

  /**
   * Connects to a group chat (option 1 of the menu), whatever is asked at the moment: it goes back to the menu first.
   * @throws {ChatError} with the server's reason; the client is at the menu's questions then, and may try again
   */
  join(credentials: { readonly name: string; readonly group: string; readonly password: string }): Promise<Membership> {
    return this.#converse(toJoin(credentials));
  }

  /**
   * Creates a group chat (option 2) and joins it; its ID is in the membership, and comes on `created$`.
   * @throws {ChatError} with the server's reason
   */
  create(credentials: { readonly name: string; readonly password: string }): Promise<Membership> {
    return this.#converse(toCreate(credentials));
  }

  /**
   * Answers the question that is open, as a person does; what comes of it is told by the streams.
   * @throws {ChatError} `busy` if nothing is asked, or it was answered already, `closed` once this client has ended
   */
  answer(value: string): void {
    const asked = this.#asked;
    if (!asked) throw this.#closedError ?? new ChatError('busy', 'The server asks nothing at the moment.');
    this.#prompt = undefined;
    this.#line.session.answer({ question: asked.question as Question, value });
    this.#line.flushSoon();
  }

  /**
   * Says something to the group. Resolves with its sequence number when the group's log has it; across a lost
   * connection, too, and never twice.
   * @param text 1 to 4,000 code points
   * @throws {ChatError} `bad-message`, `not-in-a-group`, `connection-lost` if the session could not go on, or `closed` once this
   * client has ended (by an error: that error)
   */
  say(text: string): Promise<number> {
    const checked = checkMessage(text);
    if ('code' in checked) return Promise.reject(new ChatError(checked.code, checked.text));
    if (!this.#membership || this.#leaving) return Promise.reject(this.#closedError ?? notInAGroup());
    const id = this.#line.session.say(text);
    this.#line.flushSoon();
    return this.#sayings.said(id, text);
  }

  /**
   * The members, in the order of joining, and who of them is away: its connection is lost, its seat kept.
   * @throws {ChatError} `not-in-a-group`, `busy`, `connection-lost`, or `closed` once this client has ended
   */
  members(): Promise<readonly Member[]> {
    if (!this.#membership || this.#leaving) return Promise.reject(this.#closedError ?? notInAGroup());
    if (this.state.name !== 'chatting') return Promise.reject(new ChatError('connection-lost', 'The connection is lost at the moment.'));
    if (this.#who) return Promise.reject(new ChatError('busy', 'The members are being asked for already.'));
    this.#line.session.who();
    this.#line.flushSoon();
    return new Promise((resolve, reject) => (this.#who = { resolve, reject, members: [] }));
  }

  /**
   * Leaves the group, or the questions; resolves at the menu. What was said before is told before.
   * @throws {ChatError} `busy` if it is leaving already or there is no connection, `connection-lost`, or `closed` once this client
   * has ended
   */
  leave(): Promise<void> {
    if (this.#leaving || !this.#line.isUp)
      return Promise.reject(this.#closedError ?? new ChatError('busy', 'There is nothing to leave at the moment.'));
    this.#line.session.leave();
    this.#line.flushSoon();
    return new Promise((resolve, reject) => (this.#leaving = { resolve, reject }));
  }

  /**
   * Leaves the server (option 3, from wherever it stands); resolves when the connection is closed, or the dialling given up. What was
   * said before is told before, as far as the server takes it within a second; what it has not accepted by then is rejected with
   * `closed`, and may or may not have been told. To be sure of it, wait for say() first.
   */
  async exit(): Promise<void> {
    if (this.state.name === 'closed') return;
    const closed = new Promise<void>((resolve) => this.#states.subscribe({ complete: resolve }));
    this.#line.part();
    await closed;
  }

  #take(event: ClientEvent): void {
    switch (event.type) {
      case 'PROMPT':
        return this.#prompted(event);
      case 'REJECTED':
        return this.#rejected(event);
      case 'CREATED':
        return this.#created.next(event.group);
      case 'JOINED':
        return this.#joined(event);
      case 'MESSAGE':
        return this.#messages.next({ sequence: event.sequence, time: new Date(event.time), sender: event.sender, text: event.text });
      case 'ACCEPTED':
        return this.#said(event);
      case 'PRESENCE':
        for (const change of event.changes) this.#presence.next(change);
        return;
      case 'MEMBERS':
        return this.#page(event);
      case 'BYE':
        return; // the line tells when it is over
    }
  }

  #said({ id, sequence }: FrameOf<'ACCEPTED'>): void {
    const text = this.#sayings.accepted(id, sequence);
    if (text !== undefined) this.#accepted.next({ sequence, text });
  }

  #prompted({ id, question, text, options }: FrameOf<'PROMPT'>): void {
    if (!this.#asked) return; // answered ahead or being left, or the menu of a new connection while the lost session is being resumed
    this.#dropMembership('You left the group.', 'not-in-a-group');
    this.#line.isGood();
    this.#leaving?.resolve();
    this.#leaving = undefined;
    if (this.#dialogue) return this.#sendAnswers();
    const prompt = { id, question: question as Question, text, options };
    this.#prompt = prompt;
    this.#turnTo({ name: 'asked', prompt });
    this.#prompts.next(prompt);
  }

  #rejected({ code, question, id, text }: FrameOf<'REJECTED'>): void {
    const error = new ChatError(code, text, { question: question === 'none' ? undefined : question });
    if (code === 'unknown-session') this.#dropMembership(text, 'connection-lost');
    if (question === 'none') {
      this.#sayings.refused(id, error);
      if (id === 0) this.#refuseWho(error);
    } else if (this.#dialogue?.sent) {
      const dialogue = this.#dialogue;
      this.#dialogue = undefined;
      dialogue.reject(error);
    } // else an answer was refused that was given before
    this.#rejections.next({ code, question, text });
  }

  #joined({ group, name, members, resumed }: FrameOf<'JOINED'>): void {
    const membership = { group, name, members, resumed };
    this.#membership = membership;
    this.#prompt = undefined;
    this.#line.isGood();
    this.#turnTo({ name: 'chatting', membership });
    if (this.#dialogue?.sent) this.#dialogue.resolve(membership);
    else this.#dialogue?.reject(inAGroup()); // by what was answered before
    this.#dialogue = undefined;
  }

  #page({ members, last }: FrameOf<'MEMBERS'>): void {
    this.#who?.members.push(...members.map(({ name, here }) => ({ name, isAway: here === 'no' })));
    if (last === 'no') return;
    this.#who?.resolve(this.#who.members);
    this.#who = undefined;
  }

  #refuseWho(error: ChatError): void {
    this.#who?.reject(error);
    this.#who = undefined;
  }

  #converse(answers: readonly Answer[]): Promise<Membership> {
    if (this.#closedError) return Promise.reject(this.#closedError);
    if (this.#membership) return Promise.reject(inAGroup());
    if (this.#dialogue) return Promise.reject(new ChatError('busy', 'Another join or create is under way.'));
    return new Promise((resolve, reject) => {
      this.#dialogue = { resolve, reject, answers, sent: false };
      this.#sendAnswers();
    });
  }

  /** What is told to whoever asks for something after the end; nothing before it. */
  get #closedError(): ChatError | TransportError | undefined {
    if (this.state.name !== 'closed') return undefined;
    return this.state.error ?? new ChatError('closed', 'This client has ended; make a new one.');
  }

  #turnTo(state: ClientState): void {
    this.#state = state;
    this.#states.next(state);
  }

  /** The question that is open on the connection that there is. */
  get #asked(): FrameOf<'PROMPT'> | undefined {
    return this.#line.isUp ? this.#line.session.asked : undefined;
  }

  /** At the menu; from another question it goes there first. If nothing is asked, the next question brings it here again. */
  #sendAnswers(): void {
    const asked = this.#asked;
    if (!asked || !this.#dialogue) return;
    this.#prompt = undefined;
    this.#dialogue.sent = asked.question === 'menu';
    if (this.#dialogue.sent) this.#line.session.answer(...this.#dialogue.answers);
    else this.#line.session.leave();
    this.#line.flushSoon();
  }

  /** The group is left behind: what was said and not accepted is given back to those who wait for it. */
  #dropMembership(text: string, code: ChatErrorCode): void {
    this.#membership = undefined;
    this.#sayings.giveBack(code, text);
  }

  #failWaiting(error: ChatError | TransportError): void {
    for (const waiting of [this.#dialogue, this.#leaving, this.#who]) waiting?.reject(error);
    this.#dialogue = undefined;
    this.#leaving = undefined;
    this.#who = undefined;
  }

  #reconnecting(state: Omit<Reconnecting, 'name'>): void {
    this.#prompt = undefined;
    this.#turnTo({ name: 'reconnecting', ...state });
  }

  #finish(text: string, error?: ChatError | TransportError): void {
    this.#prompt = undefined;
    this.#dropMembership(text, 'closed');
    this.#failWaiting(error ?? new ChatError('closed', text));
    this.#turnTo({ name: 'closed', text, ...(error && { error }) });
    for (const subject of [this.#states, this.#prompts, this.#rejections, this.#created, this.#messages, this.#accepted, this.#presence])
      subject.complete();
  }
}

function inAGroup(): ChatError {
  return new ChatError('in-a-group', 'You are in a group already; leave it first.');
}

function notInAGroup(): ChatError {
  return new ChatError('not-in-a-group', 'You are not in a group; join one first.');
}
