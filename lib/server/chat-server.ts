/*
 * A chat server: listeners in, RxJS streams out. This is the thin driver of ServerMachine (machine.ts): it
 * owns the connections, the timer and the turn of the event loop, and decides nothing.
 */
import { type Observable, Subject } from 'rxjs';
import type { Timer } from '../clock.js';
import { withDefaults } from '../defaults.js';
import type { GroupLog } from '../group/log.js';
import { MemoryGroupLog } from '../group/memory-log.js';
import { isBusy } from '../group/passwords.js';
import type { Host } from '../host.js';
import type { Tap } from '../trace.js';
import { type Address, type Connection, type Listener, parseAddress, TransportError, transportFor } from '../transport.js';
import { codecNamed } from '../wire/codec.js';
import { DEFAULT_LIMITS, type ServerLimits } from './limits.js';
import { Link, type LinkWatcher, sourceOf } from './link.js';
import { ServerMachine } from './machine.js';
import type { ServerEvent, ServerOutput } from './output.js';
import { tapReceived, tapSent } from './server-tap.js';
import { type ServerSessionView, SessionView } from './session-view.js';
import { wakingLog } from './waking-log.js';

/** What may be said when a server is made. Every limit of {@link ServerLimits} is an option, too. */
export interface ChatServerOptions extends Partial<ServerLimits> {
  /** Where groups are kept. Default: in memory. */
  readonly log?: GroupLog;
  /** Sees what happens on every connection. */
  readonly tap?: Tap;
  /** How many connections may wait to be accepted. Default 1,024. */
  readonly backlog?: number;
}

/** A group, as it is shown to users of the server. */
export interface GroupView {
  readonly id: string;
  /** Names, in the order of joining. */
  readonly members: readonly string[];
  /** The sequence number of its newest message; 0 if there is none. */
  readonly lastSequence: number;
}

/**
 * Serves group chats on any number of transports at once.
 *
 * @example
 * const server = new ChatServer(node);
 * server.events$.subscribe((event) => console.log(event));
 * await server.listen('tcp://127.0.0.1:4000');
 */
export class ChatServer {
  /** What happens, as it happens. Completes at close. Costs nothing while nobody listens. */
  readonly events$: Observable<ServerEvent>;
  /** The sessions, each as it connects. Completes at close. */
  readonly sessions$: Observable<ServerSessionView>;
  readonly #events = new Subject<ServerEvent>();
  readonly #sessions = new Subject<ServerSessionView>();
  readonly #host: Host;
  readonly #options: ChatServerOptions;
  readonly #machine: ServerMachine<Link>;
  /** Each with its address as listen() told it. */
  readonly #listeners = new Map<Listener, Address>();
  readonly #links = new Set<Link>();
  readonly #on: LinkWatcher = {
    received: (link, chunk) => this.#received(link, chunk),
    inputEnded: (link) => this.#run(() => this.#machine.inputEnded(link.peer, this.#host.clock.now())),
    closed: (link, error) => this.#closed(link, error),
  };
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #flushing = false;
  #running = false;
  #draining = false;
  #closing: Promise<void> | undefined;
  #onEmpty: (() => void) | undefined;
  #over = false;

  /** @param host the machine beneath: `node` of `chatwire/node`, or one of your own */
  constructor(host: Host, options: ChatServerOptions = {}) {
    const limits: ServerLimits = withDefaults(DEFAULT_LIMITS, options);
    const randomBytes = (count: number) => host.randomBytes(count);
    this.#host = host;
    this.#options = options;
    this.events$ = this.#events.asObservable();
    this.sessions$ = this.#sessions.asObservable();
    const { tap } = options;
    this.#machine = new ServerMachine({
      limits,
      log: options.log
        ? wakingLog(options.log, (reply, answer) => this.#replied(reply, answer))
        : new MemoryGroupLog({ randomBytes, maxGroups: limits.maxGroups }),
      randomBytes,
      observed: () => this.#events.observed,
      onTransition:
        tap &&
        ((connection, from, event, to) =>
          tap.event({ layer: 'session', at: host.clock.now(), connection, actor: 'server', from, event, to })),
    });
  }

  /** The groups that have had members here; an empty one is kept for a while. */
  get groups(): readonly GroupView[] {
    return [...this.#machine.groups.values()].map(({ id, seats, lastSequence }) => ({
      id,
      members: [...seats.values()].map(({ name }) => name),
      lastSequence,
    }));
  }

  /** Where the server listens, as listen() told it; empty once it is closed. */
  get addresses(): readonly Address[] {
    return [...this.#listeners.values()];
  }

  /**
   * Listens at an address, besides those where it listens already; `text+` in front makes it a plain-text door.
   * @returns the address as resolved: port 0 has become the real one
   * @throws {TransportError} `address-in-use`, `unreachable`, `unsupported`, or `closed` after close()
   */
  async listen(address: Address): Promise<Address> {
    if (this.#closing) throw new TransportError('closed', 'This server is closed; make a new one.');
    const { codec, scheme, address: plain } = parseAddress(address);
    const transport = transportFor(this.#host.transports, scheme);
    if (!transport.listen) throw new TransportError('unsupported', `${scheme}: can be dialled here, but cannot listen.`);
    const { tap, backlog = 1024 } = this.#options;
    const { clock } = this.#host;
    const listener = await transport.listen(plain, { tap, clock, backlog });
    if (this.#closing) {
      await listener.close(); // close() came meanwhile and could not know of it
      throw new TransportError('closed', 'This server was closed before it listened; make a new one.');
    }
    const resolved: Address = codec === 'text' ? `text+${listener.address}` : listener.address;
    this.#listeners.set(listener, resolved);
    listener.connections$.subscribe({
      next: (connection) => this.#accept(connection, codec === 'text' ? 'text' : 'frames', listener),
      error: () => this.#listeners.delete(listener),
    });
    return resolved;
  }

  /**
   * Stops listening and parts with everybody: each gets BYE and what is queued for it.
   * What is still open after `graceMs` (default 10 s) is dropped.
   */
  close(options: { readonly graceMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(options.graceMs ?? 10_000);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    const stopped = [...this.#listeners.keys()].map((listener) => listener.close());
    this.#listeners.clear();
    this.#run(() => this.#machine.shutdown(this.#host.clock.now(), graceMs));
    await Promise.all(stopped);
    if (this.#links.size > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
    this.#over = true;
    this.#timer?.cancel();
    this.#events.complete();
    this.#sessions.complete();
  }

  #accept(connection: Connection, codec: 'text' | 'frames', listener: Listener): void {
    const link = new Link(connection, this.#on);
    const arrival = {
      id: connection.id,
      remote: connection.remote,
      source: sourceOf(connection, listener.address),
      codec: codecNamed(codec),
    };
    this.#links.add(link);
    this.#run(() => {
      link.peer = this.#machine.connected(link, arrival, this.#host.clock.now());
    });
    if (this.#sessions.observed) this.#sessions.next(new SessionView(link.peer));
    connection.received$.subscribe(link);
  }

  #received(link: Link, chunk: Uint8Array): void {
    const { tap } = this.#options;
    if (tap) tapReceived(tap, link.peer, chunk, this.#host.clock.now());
    this.#run(() => this.#machine.received(link.peer, chunk, this.#host.clock.now()));
  }

  #closed(link: Link, error: TransportError | undefined): void {
    this.#links.delete(link);
    this.#run(() => this.#machine.disconnected(link.peer, error?.code ?? 'ended', this.#host.clock.now()));
    if (this.#links.size === 0) this.#onEmpty?.();
  }

  /** Gives the machine something, then does what it asks for. Within such a call it only gives. */
  #run(input: () => void): void {
    if (this.#running) return input();
    this.#running = true;
    try {
      input();
    } finally {
      this.#running = false;
      this.#drain(); // after an error, too: what was asked for before it is still to be done
    }
  }

  #drain(): void {
    if (this.#draining) return; // whoever drains already will come to it
    this.#draining = true;
    try {
      for (let outputs = this.#machine.takeOutputs(); outputs.length > 0; outputs = this.#machine.takeOutputs()) {
        for (const output of outputs) this.#do(output);
      }
    } finally {
      this.#draining = false;
    }
    this.#planFlush();
    this.#planTimeout();
  }

  #do(output: ServerOutput<Link>): void {
    switch (output.type) {
      case 'send':
        return this.#send(output.link, output.chunk);
      case 'pause':
        return output.link.connection.pause();
      case 'resume':
        return output.link.connection.resume();
      case 'end':
        return void output.link.connection.end();
      case 'abort':
        return output.link.connection.abort(new TransportError(output.code, `The server cut this connection off: ${output.reason}.`));
      case 'measure':
        return this.#measure(output.link);
      case 'hash':
        return this.#ask(output.ticket, async (passwords) => {
          const record = await passwords.hash(output.password);
          return () => this.#machine.passwordHashed(output.ticket, record, this.#host.clock.now());
        });
      case 'verify':
        return this.#ask(output.ticket, async (passwords) => {
          const ok = await passwords.verify(output.password, output.record);
          return () => this.#machine.passwordVerified(output.ticket, ok, this.#host.clock.now());
        });
      case 'event':
        return this.#events.next(output.event);
    }
  }

  #send(link: Link, chunk: Uint8Array): void {
    const { connection, peer } = link;
    const { tap } = this.#options;
    if (tap) tapSent(tap, peer, chunk, this.#host.clock.now());
    try {
      if (connection.send(chunk)) {
        if (connection.bufferedBytes > 0) this.#machine.lingers(peer, this.#host.clock.now());
        return;
      }
    } catch {
      return; // it has just closed; `closed` tells the machine
    }
    if (!link.watchesDrain) {
      link.watchesDrain = true;
      connection.drained$.subscribe(() => this.#run(() => this.#measure(link)));
    }
    this.#measure(link);
  }

  #measure({ connection, peer }: Link): void {
    this.#machine.backlog(peer, connection.bufferedBytes, this.#host.clock.now());
  }

  #ask(ticket: number, work: (passwords: NonNullable<Host['passwords']>) => Promise<() => void>): void {
    const { passwords, clock } = this.#host;
    const failed = (reason?: string) => this.#machine.passwordFailed(ticket, clock.now(), reason);
    if (!passwords) return failed('This host cannot hash passwords: give it a PasswordHasher.');
    work(passwords).then(
      (answer) => this.#run(answer),
      (error: unknown) => this.#run(() => failed(isBusy(error) ? undefined : `A password could not be hashed: ${String(error)}`)),
    );
  }

  /** A log has replied: within a call of the machine's, which knows the time, or some time later. */
  #replied<T>(reply: (answer: T) => void, answer: T): void {
    if (this.#running) return reply(answer);
    this.#run(() => {
      this.#machine.at(this.#host.clock.now());
      reply(answer);
    });
  }

  #planFlush(): void {
    if (this.#flushing || !this.#machine.wantsFlush) return;
    this.#flushing = true;
    this.#host.clock.afterTurn(() => {
      this.#flushing = false;
      this.#run(() => this.#machine.flush(this.#host.clock.now()));
    });
  }

  #planTimeout(): void {
    const at = this.#machine.nextDeadline;
    if (at >= this.#timerAt || this.#over) return; // the timer that is set comes first, and sets the next one
    this.#timer?.cancel();
    this.#timerAt = at;
    this.#timer = this.#host.clock.setTimer(Math.max(0, at - this.#host.clock.now()), () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#run(() => this.#machine.timeout(this.#host.clock.now()));
    });
  }
}
