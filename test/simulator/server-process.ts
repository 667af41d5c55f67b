/*
 * One process of a server: does for a ServerMachine what ChatServer does (lib/server/chat-server.ts), on simulated
 * connections, with passwords that take their time. It can die at any moment; then nothing reaches it any more.
 */
import type { Timer } from '../../lib/clock.js';
import { MemoryGroupLog } from '../../lib/group/memory-log.js';
import type { PasswordRecord } from '../../lib/group/passwords.js';
import { DEFAULT_LIMITS } from '../../lib/server/limits.js';
import { ServerMachine } from '../../lib/server/machine.js';
import type { ServerEvent, ServerOutput } from '../../lib/server/output.js';
import type { Peer } from '../../lib/server/peer.js';
import { codecNamed } from '../../lib/wire/codec.js';
import type { CountedClock } from './counted-clock.js';
import type { Dice } from './dice.js';
import { must } from './journal.js';
import { MortalLog } from './mortal-log.js';
import type { Scenario } from './scenario.js';
import type { Wire } from './wire.js';

/** A connection as the machine names it. */
interface ServerLink {
  readonly wire: Wire;
  peer: Peer<ServerLink>;
  isOpen: boolean;
}

/** What a process is made of. */
export interface ServerProcessParts {
  readonly clock: CountedClock;
  readonly dice: Dice;
  readonly scenario: Scenario;
  readonly log: MemoryGroupLog;
  readonly tell: (event: ServerEvent) => void;
  /** After a shutdown: the last connection is gone. */
  readonly onEmpty: () => void;
}

const utf8 = new TextEncoder();

/** A log in memory for a scenario. */
export function newLog({ history }: Scenario, dice: Dice): MemoryGroupLog {
  return new MemoryGroupLog({ randomBytes: (count) => dice.bytes(count), maxHistoryMessages: history });
}

/** A running server. */
export class ServerProcess {
  readonly machine: ServerMachine<ServerLink>;
  readonly #parts: ServerProcessParts;
  readonly #log: MortalLog;
  readonly #links = new Set<ServerLink>();
  readonly #timers = new Set<Timer>();
  /** Things go wrong with the hasher, until they no longer do. */
  isHealed = false;
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #flushing = false;
  #running = false;
  #isDead = false;
  #isLeaving = false;

  constructor(parts: ServerProcessParts) {
    const { scenario, dice, log } = parts;
    this.#parts = parts;
    this.#log = new MortalLog(log);
    this.machine = new ServerMachine({
      limits: { ...DEFAULT_LIMITS, ...scenario.limits },
      log: this.#log,
      randomBytes: (count) => dice.bytes(count),
      observed: () => true,
    });
  }

  accept(wire: Wire): void {
    const link = { wire, isOpen: true } as ServerLink;
    this.#links.add(link);
    const source = wire.id.split('-')[0] as string;
    const arrival = { id: wire.id, remote: `sim:${source}`, source, codec: codecNamed('frames') };
    this.#run(() => (link.peer = this.machine.connected(link, arrival, this.#now)));
    wire.watch({
      received: (chunk) => this.#run(() => this.machine.received(link.peer, chunk, this.#now)),
      ended: () => this.#run(() => this.machine.inputEnded(link.peer, this.#now)),
      drained: () => this.#run(() => this.#measure(link)),
      closed: (error) => this.#closed(link, error),
    });
  }

  /** Parts with everybody, in order. */
  shutdown(): void {
    this.#isLeaving = true;
    this.#run(() => this.machine.shutdown(this.#now, 10_000));
    this.#leaveIfEmpty();
  }

  /** Is no more, from one moment to the next. */
  die(): void {
    this.#isDead = true;
    this.#log.stop();
    this.#timer?.cancel();
    for (const timer of this.#timers) timer.cancel();
  }

  mustBeEmpty(who: string): void {
    must(this.#links.size === 0, () => `${who}: ${this.#links.size} connections are left`);
    must(this.machine.groups.size === 0, () => `${who}: ${this.machine.groups.size} groups are left`);
    must(this.machine.nextDeadline === Number.POSITIVE_INFINITY, () => `${who}: the machine still waits for a time`);
    must(!this.machine.wantsFlush, () => `${who}: the machine still has something to send`);
    must(this.#log.neverFollowed === this.#log.size, () => `${who}: the log keeps ${this.#log.size} groups`);
  }

  get #now(): number {
    return this.#parts.clock.now();
  }

  #closed(link: ServerLink, error: string | undefined): void {
    this.#links.delete(link);
    link.isOpen = false;
    this.#run(() => this.machine.disconnected(link.peer, error === undefined ? 'ended' : 'reset', this.#now));
    this.#leaveIfEmpty();
  }

  #leaveIfEmpty(): void {
    if (this.#isLeaving && this.#links.size === 0) this.#parts.onEmpty();
  }

  #run(input: () => void): void {
    if (this.#isDead) return;
    if (this.#running) return input();
    this.#running = true;
    input();
    for (let outputs = this.machine.takeOutputs(); outputs.length > 0; outputs = this.machine.takeOutputs()) {
      for (const output of outputs) this.#do(output);
    }
    this.#running = false;
    this.#planFlush();
    this.#planTimeout();
  }

  #do(output: ServerOutput<ServerLink>): void {
    switch (output.type) {
      case 'send':
        must(output.chunk.length > 0, () => 'server: an empty chunk');
        if (!output.link.wire.send(output.chunk)) this.#measure(output.link);
        else if (output.link.wire.bufferedBytes > 0) this.machine.lingers(output.link.peer, this.#now);
        return;
      case 'pause':
        return output.link.wire.pause();
      case 'resume':
        return output.link.wire.resume();
      case 'end':
        return output.link.wire.end();
      case 'abort':
        return output.link.wire.abort();
      case 'measure':
        return this.#measure(output.link);
      case 'hash': {
        const record: PasswordRecord = { scheme: 'plain', salt: new Uint8Array(0), hash: utf8.encode(output.password) };
        return this.#ask(output.ticket, () => this.machine.passwordHashed(output.ticket, record, this.#now));
      }
      case 'verify': {
        const ok = String(output.record?.hash) === String(utf8.encode(output.password));
        return this.#ask(output.ticket, () => this.machine.passwordVerified(output.ticket, ok, this.#now));
      }
      case 'event':
        return this.#parts.tell(output.event);
    }
  }

  #measure(link: ServerLink): void {
    if (link.isOpen) this.machine.backlog(link.peer, link.wire.bufferedBytes, this.#now);
  }

  /** A password is answered some time later, in any order. */
  #ask(ticket: number, answer: () => void): void {
    const { clock, dice, scenario } = this.#parts;
    const isBusy = !this.isHealed && dice.chance(scenario.busy);
    const delayMs = this.isHealed ? 1 : dice.between(0, scenario.passwordMs);
    const timer = clock.setTimer(delayMs, () => {
      this.#timers.delete(timer);
      this.#run(isBusy ? () => this.machine.passwordFailed(ticket, this.#now) : answer);
    });
    this.#timers.add(timer);
  }

  #planFlush(): void {
    if (this.#flushing || !this.machine.wantsFlush) return;
    this.#flushing = true;
    this.#parts.clock.afterTurn(() => {
      this.#flushing = false;
      this.#run(() => this.machine.flush(this.#now));
    });
  }

  #planTimeout(): void {
    const at = this.machine.nextDeadline;
    if (at >= this.#timerAt) return;
    this.#timer?.cancel();
    this.#timerAt = at;
    this.#timer = this.#parts.clock.setTimer(Math.max(0, at - this.#now), () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#run(() => this.machine.timeout(this.#now));
    });
  }
}
