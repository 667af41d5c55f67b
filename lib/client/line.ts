/*
 * A client's line to the server: dials, sends what the session has at the end of each turn, keeps its timer,
 * and dials again when the connection is lost. It knows nothing of what is said; the session does.
 */
import type { Timer } from '../clock.js';
import type { Host } from '../host.js';
import { type ClientEvent, ClientSession, type Resume } from '../session/client-session.js';
import type { Tap } from '../trace.js';
import { type Address, type Connection, type Transport, TransportError } from '../transport.js';
import type { Frame, FrameOf } from '../wire/frames.js';
import { ProtocolError } from '../wire/protocol-error.js';
import { tapFrame } from '../wire/tap-frame.js';
import { ChatError } from './chat-error.js';
import type { Reconnecting } from './client-state.js';
import { type ReconnectPolicy, reconnectDelay } from './reconnect.js';

/** How long the server may take to close after our BYE, ms; then the connection is dropped. */
const PARTING_MS = 1_000;

/** Who is told what becomes of the line. */
export interface LineWatcher {
  /** The server said something. */
  event(event: ClientEvent): void;
  /** The connection is lost. */
  lost(error: ChatError): void;
  /** It will be dialled again. */
  reconnecting(state: Omit<Reconnecting, 'name'>): void;
  /** The end; no error if it was meant. */
  ended(text: string, error?: ChatError | TransportError): void;
}

/** Where a line leads, and what it does when it breaks. */
export interface LineSettings {
  readonly transport: Transport;
  readonly address: Address;
  /** The client's name in traces. */
  readonly actor: string;
  readonly tap: Tap | undefined;
  /** None: a lost connection is the end. */
  readonly policy: ReconnectPolicy | undefined;
}

/** One client's line. */
export class Line {
  /** The session on the connection that there is, or on the last one; there is none before the first. */
  session!: ClientSession;
  #connection: Connection | undefined;
  /** Gives up the dialling that is under way. */
  #dialling: AbortController | undefined;
  #bye: FrameOf<'BYE'> | undefined;
  /** What answered is no Chatwire server; dialling again would not change that. */
  #stranger: TransportError | undefined;
  #parting = false;
  #over = false;
  #timer: Timer | undefined;
  #flushing = false;
  #attempts = 0;
  #lostAt = 0;
  /** The server that there was last said that it shuts down. */
  #wasShutDown = false;

  constructor(
    private readonly host: Host,
    private readonly settings: LineSettings,
    private readonly watcher: LineWatcher,
  ) {}

  /** Whether there is a connection now. */
  get isUp(): boolean {
    return this.#connection !== undefined;
  }

  /** Dials; what comes of it is told to the watcher. */
  async dial(signal?: AbortSignal): Promise<void> {
    const { transport, address, tap } = this.settings;
    const dialling = new AbortController();
    this.#dialling = dialling;
    try {
      const either = signal ? AbortSignal.any([signal, dialling.signal]) : dialling.signal;
      const connection = await transport.dial(address, { clock: this.host.clock, tap, signal: either });
      if (this.#over) return connection.abort();
      this.#connected(connection);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (this.#over) return;
      if (this.#attempts === 0) this.#end(error.message, error);
      else this.#redial(error.message, error);
    }
  }

  /** Sends what the session has, at the end of this turn. */
  flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.host.clock.afterTurn(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  /** The session goes on: if the line breaks again, the patience begins anew. */
  isGood(): void {
    this.#lostAt = 0;
    this.#attempts = 0;
  }

  /** Says BYE, behind what is still to be said, and waits for the server to close; gives up a dialling. */
  part(): void {
    this.#parting = true;
    if (!this.#connection) return this.#end('Goodbye.');
    this.session.bye('');
    this.flushSoon();
    this.#setTimer(PARTING_MS, () => this.#connection?.abort());
  }

  #connected(connection: Connection): void {
    const former = this.session as ClientSession | undefined;
    this.#connection = connection;
    this.session = this.#newSession(former?.resume);
    connection.received$.subscribe({
      next: (chunk) => this.#received(chunk),
      complete: () => void connection.end(), // the server says no more
      error: () => {}, // `closed` tells of it, too
    });
    void connection.closed.then(({ error }) => this.#disconnected(error));
    this.#flush();
    this.#planTimeout();
  }

  #newSession(resume: Resume | undefined): ClientSession {
    const { tap, actor } = this.settings;
    const { clock } = this.host;
    const where = () => ({ at: clock.now(), connection: this.#connection?.id ?? '', actor });
    const observer = tap && {
      frame: (direction: 'sent' | 'received', frame: Frame) => tapFrame(tap, { ...where(), direction }, frame),
      transition: (from: string, event: string, to: string) => tap.event({ layer: 'session', ...where(), from, event, to }),
    };
    return new ClientSession(clock.now(), { resume, observer });
  }

  #received(chunk: Uint8Array): void {
    try {
      for (const event of this.session.receive(chunk, this.host.clock.now())) {
        if (event.type === 'BYE') this.#bye = event;
        this.watcher.event(event);
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (this.session.state === 'opening') this.#stranger = this.#notAServer();
      this.#connection?.abort(new TransportError('protocol', `The server broke the protocol: ${error.message}.`, { by: 'remote' }));
    }
    this.flushSoon();
  }

  #notAServer(): TransportError {
    const { address } = this.settings;
    const sentence = `What answers at ${address} does not speak Chatwire's frames; if it is the plain-text door, use nc or telnet.`;
    return new TransportError('protocol', sentence, { by: 'remote' });
  }

  #flush(): void {
    const bytes = this.#connection && this.session.takeBytes();
    if (!bytes) return;
    try {
      this.#connection?.send(bytes);
    } catch {
      // it has just closed; `closed` leads on from here, and what was not accepted is said again
    }
  }

  #planTimeout(): void {
    const { clock } = this.host;
    this.#setTimer(Math.max(0, this.session.nextDeadline - clock.now()), () => {
      if (this.session.timeout(clock.now())) {
        return this.#connection?.abort(new TransportError('timeout', 'Nothing was heard of the server.', { by: 'remote' }));
      }
      this.flushSoon();
      this.#planTimeout();
    });
  }

  #setTimer(delayMs: number, callback: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.host.clock.setTimer(delayMs, callback);
  }

  #disconnected(error: TransportError | undefined): void {
    this.#connection = undefined;
    const bye = this.#bye;
    this.#bye = undefined;
    if (this.#parting) return this.#end(bye?.text ?? 'Goodbye.');
    if (this.#stranger) return this.#end(this.#stranger.message, this.#stranger);
    const goodbye = bye && new ChatError(bye.code, bye.text);
    if (bye && !this.#mayComeBack(bye)) return this.#end(bye.text, bye.code === 'exit' ? undefined : goodbye);
    this.#wasShutDown = bye?.code === 'shutting-down';
    const cause = error ?? new TransportError('closed', 'The server closed the connection without a goodbye.', { by: 'remote' });
    this.watcher.lost(new ChatError('connection-lost', 'The connection was lost.', { cause }));
    this.#redial(bye?.text ?? cause.message, goodbye ?? cause, bye?.retryAfterMs);
  }

  /** A full server has no room for the newcomer, and still keeps the seat of a member whose connection was lost. */
  #mayComeBack({ code }: FrameOf<'BYE'>): boolean {
    return code === 'shutting-down' || (code === 'server-full' && this.session.resume !== undefined);
  }

  #redial(reason: string, error: ChatError | TransportError, atLeastMs = 0): void {
    const { clock, randomBytes } = this.host;
    const { policy } = this.settings;
    this.#lostAt ||= clock.now();
    if (!policy || clock.now() - this.#lostAt >= policy.giveUpAfterMs) return this.#end(reason, error);
    this.#attempts++;
    const delayMs = reconnectDelay(policy, this.#attempts, atLeastMs, (randomBytes(1)[0] as number) / 256);
    this.watcher.reconnecting({ attempt: this.#attempts, delayMs, reason, wasShutDown: this.#wasShutDown });
    this.#setTimer(delayMs, () => void this.dial());
  }

  #end(text: string, error?: ChatError | TransportError): void {
    if (this.#over) return;
    this.#over = true;
    this.#timer?.cancel();
    this.#dialling?.abort();
    this.watcher.ended(text, error);
  }
}
