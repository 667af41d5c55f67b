/*
 * The server's session machine: one client's way through the dialogue and its time in a group. Pure: it
 * takes what the client said, or what the server found out, and gives back what is to be done. It holds no
 * socket, no timer and no group; the order of the dialogue stands in server-states.ts.
 */

import { type ByeCode, type FrameOf, MAGIC, PROTOCOL_VERSION, type RejectionCode } from '../wire/frames.js';
import { ProtocolError } from '../wire/protocol-error.js';
import type { Asked, ClientInput, ServerSaying } from '../wire/saying.js';
import { byeFrame, promptFrame, REFUSALS, unknownCommand } from './questions.js';
import { type Checked, checkMessage, checkName, checkPassword, type Refusal } from './rules.js';
import { nextServerState, type ServerSessionEvent, type ServerState, serverState } from './server-states.js';
import type { SessionAnswer, SessionOutput } from './session-requests.js';

/** What a session may be told at the start. */
export interface ServerSessionOptions {
  /** Whether the client has to say HELLO (frames), or need not (text). */
  readonly expectsHello: boolean;
  /** Wrong answers after which the server parts. Default 3. */
  readonly maxWrongAnswers?: number;
  /** Sees every transition. */
  readonly onTransition?: ((from: ServerState, event: ServerSessionEvent, to: ServerState) => void) | undefined;
}

/** One client's session, seen from the server. */
export class ServerSession {
  #state: ServerState;
  #asked: Asked | undefined;
  #questions = 0;
  #wrong = 0;
  #name = '';
  #group = '';
  #outputs: SessionOutput[] = [];
  readonly #maxWrong: number;
  readonly #onTransition: ServerSessionOptions['onTransition'];

  constructor({ expectsHello, maxWrongAnswers = 3, onTransition }: ServerSessionOptions) {
    this.#state = expectsHello ? 'greeting' : 'menu';
    this.#maxWrong = maxWrongAnswers;
    this.#onTransition = onTransition;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The name that the client gave. */
  get name(): string {
    return this.#name;
  }

  /** The question that is open, if one is. */
  get asked(): Asked | undefined {
    return this.#asked;
  }

  /** True while the server has to find something out: nothing more may be taken from the client. */
  get waits(): boolean {
    return serverState(this.#state).waits === true;
  }

  /** The opening message. */
  start(): SessionOutput[] {
    this.#ask();
    return this.#take();
  }

  /**
   * Takes one thing that the client said.
   * @throws {ProtocolError} `unexpected`, `wrong-magic` or `wrong-version`; end the session with {@link close} then.
   */
  receive(input: ClientInput): SessionOutput[] {
    if (this.#state === 'closing') return [];
    if (this.#state === 'greeting' && input.type !== 'HELLO' && input.type !== 'BYE') {
      throw new ProtocolError('unexpected', `the first frame must be HELLO, not ${input.type}`);
    }
    switch (input.type) {
      case 'HELLO':
        this.#hello(input);
        break;
      case 'ANSWER':
        this.#answer(input);
        break;
      case 'SAY':
        if (this.#isMember(input.id)) this.#say(input);
        break;
      case 'WHO':
        if (this.#isMember(0)) this.#outputs.push({ do: 'who' });
        break;
      case 'LEAVE':
        this.#leave();
        break;
      case 'BYE':
        return this.close('exit');
      case 'PING':
        this.#send({ type: 'PONG', token: input.token });
        break;
      case 'PONG':
      case 'NOTHING':
        break;
      case 'HELP':
        this.#send(input);
        break;
      case 'UNKNOWN_COMMAND':
        this.#refuseMessage(0, unknownCommand(input.command));
        break;
      case 'UNREADABLE':
        this.#unreadable(input.code);
        break;
    }
    return this.#take();
  }

  /** Takes what the server found out. Only while the session waits. */
  settle(answer: SessionAnswer): SessionOutput[] {
    switch (answer.type) {
      case 'verified':
        this.#go('verified');
        this.#enter();
        break;
      case 'created':
        this.#group = answer.group;
        this.#send({ type: 'CREATED', group: answer.group });
        this.#go('created');
        this.#enter();
        break;
      case 'joined':
        this.#wrong = 0;
        this.#send(answer.frame);
        this.#go('joined');
        break;
      case 'name-taken':
        this.#reject('name taken', { code: 'name-taken', text: REFUSALS['name-taken'] }, 'name');
        break;
      case 'unknown-session':
        this.#send({ type: 'REJECTED', code: 'unknown-session', question: 'none', id: 0, text: REFUSALS['unknown-session'] });
        this.#go('unknown session');
        break;
      case 'refused': {
        const question = this.#state === 'creating' ? 'password' : 'group';
        const text = answer.text ?? (REFUSALS as Partial<Record<RejectionCode, string>>)[answer.code] ?? answer.code;
        this.#reject('refused', { code: answer.code, text }, question, answer.counts);
        break;
      }
    }
    return this.#take();
  }

  /** Parts with the client: BYE, then the end. Does nothing the second time. */
  close(code: ByeCode, text?: string, retryAfterMs?: number): SessionOutput[] {
    if (this.#state === 'closing') return [];
    if (this.#state === 'chatting') this.#outputs.push({ do: 'leave' });
    this.#part(code, { text, retryAfterMs });
    return this.#take();
  }

  #part(
    code: ByeCode,
    words: { text?: string | undefined; retryAfterMs?: number | undefined } = {},
    event: ServerSessionEvent = 'bye',
  ): void {
    this.#send(byeFrame(code, words.text, words.retryAfterMs));
    this.#outputs.push({ do: 'end', code });
    this.#go(event);
  }

  #hello({ magic, version, token, lastSequence }: FrameOf<'HELLO'>): void {
    if (this.#state !== 'greeting') throw new ProtocolError('unexpected', 'HELLO came twice');
    if (magic !== MAGIC) throw new ProtocolError('wrong-magic', 'HELLO does not begin with CHAT');
    if (version !== PROTOCOL_VERSION) {
      throw new ProtocolError('wrong-version', `this server speaks version ${PROTOCOL_VERSION}, not ${version}`);
    }
    if (token.length === 0) return this.#go('hello');
    this.#outputs.push({ do: 'resume', token, lastSequence });
    this.#go('hello with token');
  }

  #answer({ id, question, value }: FrameOf<'ANSWER'>): void {
    const asked = this.#asked;
    if (asked?.id !== id || asked.question !== question) return; // stale: sent ahead of a rejection
    switch (asked.question) {
      case 'menu':
        return this.#choose(value.trim());
      case 'name':
        return this.#accept(checkName(value), (name) => {
          this.#name = name;
          this.#go('answer');
          if (this.#state === 'entering') this.#enter();
        });
      case 'group':
        this.#group = value.trim().replace(/^#/, '');
        return this.#go('answer');
      case 'password':
        return this.#accept(checkPassword(value), (password) => {
          this.#go('answer');
          if (this.#state === 'creating') this.#outputs.push({ do: 'create', password });
          else this.#outputs.push({ do: 'verify', group: this.#group, password });
        });
    }
  }

  #choose(choice: string): void {
    switch (choice.replace(/\.$/, '')) {
      case '1':
        return this.#go('choice 1');
      case '2':
        return this.#go('choice 2');
      case '3':
        return this.#part('exit', {}, 'choice 3');
      default:
        return this.#reject('rejected', { code: 'bad-choice', text: REFUSALS['bad-choice'] }, 'menu');
    }
  }

  #accept(checked: Checked, use: (value: string) => void): void {
    if ('value' in checked) use(checked.value);
    else this.#reject('rejected', checked, this.#asked?.question ?? 'none');
  }

  #reject(event: ServerSessionEvent, { code, text }: Refusal, question: FrameOf<'REJECTED'>['question'], counts = true): void {
    this.#send({ type: 'REJECTED', code, question, id: this.#questions, text });
    if (counts) this.#wrong++;
    if (this.#wrong >= this.#maxWrong) this.#part('too-many-attempts');
    else this.#go(event);
  }

  #enter(): void {
    this.#outputs.push({ do: 'enter', group: this.#group, name: this.#name });
  }

  #say({ id, text }: FrameOf<'SAY'>): void {
    const checked = checkMessage(text);
    if ('value' in checked) this.#outputs.push({ do: 'say', id, text });
    else this.#refuseMessage(id, checked.text);
  }

  #leave(): void {
    if (this.#state === 'chatting') this.#outputs.push({ do: 'leave' });
    this.#go('leave');
  }

  #unreadable(code: 'line-too-long' | 'bad-utf8'): void {
    const refusal = { code, text: REFUSALS[code] };
    if (this.#asked) this.#reject('rejected', refusal, this.#asked.question);
    else this.#send({ type: 'REJECTED', question: 'none', id: 0, ...refusal });
  }

  /** SAY and WHO sent ahead of a join that was refused get an answer, but are no fault. */
  #isMember(messageId: number): boolean {
    if (this.#state === 'chatting') return true;
    this.#refuseMessage(messageId, 'You are not in a group.');
    return false;
  }

  #refuseMessage(id: number, text: string): void {
    this.#send({ type: 'REJECTED', code: 'bad-message', question: 'none', id, text });
  }

  #send(saying: ServerSaying): void {
    this.#outputs.push({ do: 'send', saying });
  }

  #go(event: ServerSessionEvent): void {
    const from = this.#state;
    const to = nextServerState(from, event);
    if (!to) throw new Error(`The session's table has no "${event}" in the state "${from}".`);
    this.#state = to;
    this.#onTransition?.(from, event, to);
    if (event === 'hello') return; // the menu was asked already, and still is
    this.#ask();
  }

  #ask(): void {
    const { asks } = serverState(this.#state);
    this.#asked = asks && { id: ++this.#questions, question: asks };
    if (this.#asked) this.#send(promptFrame(this.#asked.id, this.#asked.question));
  }

  #take(): SessionOutput[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }
}
