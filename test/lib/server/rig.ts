/*
 * A rig around the server's pure machine. It plays the driver, the connections and the clock: virtual time, no
 * socket. Links keep what they were sent, and the rig itself fails on what must never happen: bytes after the end,
 * a frame after BYE, an empty chunk, two sends to one connection in one flush.
 */
import * as assert from 'uvu/assert';
import type { CodecName } from '../../../lib/address.js';
import type { GroupLog } from '../../../lib/group/log.js';
import { MemoryGroupLog } from '../../../lib/group/memory-log.js';
import type { PasswordRecord } from '../../../lib/group/passwords.js';
import { DEFAULT_LIMITS, type ServerLimits } from '../../../lib/server/limits.js';
import { ServerMachine } from '../../../lib/server/machine.js';
import type { CloseReason, ServerEvent, ServerOutput } from '../../../lib/server/output.js';
import { codecNamed } from '../../../lib/wire/codec.js';
import { encodeFrame } from '../../../lib/wire/encode.js';
import type { ClientFrame } from '../../../lib/wire/frames.js';
import { answer, hello, newToken } from './client-frames.js';
import { RigLink } from './rig-link.js';

/** What a test may set. */
export interface RigOptions {
  readonly limits?: Partial<ServerLimits>;
  /** Another log around the one in memory. */
  readonly log?: (inner: GroupLog) => GroupLog;
}

/** How a client comes. */
export interface Coming {
  readonly source?: string;
  readonly codec?: CodecName;
}

const utf8 = new TextEncoder();
/** A time as a server sees it: with a fraction, where doubles have gaps of a quarter of a microsecond. */
const START = 1_790_000_000_000.25;
const MOST_ROUNDS = 100_000;

/** A machine, its connections and its time. */
export class Rig {
  now = START;
  readonly limits: ServerLimits;
  readonly log: GroupLog;
  readonly machine: ServerMachine<RigLink>;
  readonly links: RigLink[] = [];
  readonly events: ServerEvent[] = [];
  /** What the hasher does: answers within the turn, waits for {@link answerPasswords}, or has no room. */
  hasher: 'at once' | 'held' | 'busy' = 'at once';
  /** Passwords that wait for an answer. */
  readonly held: (() => void)[] = [];

  constructor({ limits = {}, log = (inner) => inner }: RigOptions = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    const randomBytes = newToken;
    this.log = log(new MemoryGroupLog({ randomBytes, maxGroups: this.limits.maxGroups }));
    this.machine = new ServerMachine({ limits: this.limits, log: this.log, randomBytes, observed: () => true });
  }

  /** A connection comes; the turn is not over yet. */
  connect({ source = '10.0.0.1', codec = 'frames' }: Coming = {}): RigLink {
    const link = new RigLink(`c${this.links.length + 1}`, codec);
    this.links.push(link);
    link.peer = this.machine.connected(link, { id: link.id, remote: `tcp://${source}:1`, source, codec: codecNamed(codec) }, this.now);
    this.drain();
    return link;
  }

  /** Frames come from a client, in one chunk. */
  send(link: RigLink, ...frames: readonly ClientFrame[]): void {
    const parts = frames.map((frame) => encodeFrame(frame));
    this.receive(link, Uint8Array.from(parts.flatMap((part) => [...part])));
  }

  /** Lines come from a client. */
  type(link: RigLink, ...lines: readonly string[]): void {
    this.receive(link, utf8.encode(lines.map((line) => `${line}\n`).join('')));
  }

  receive(link: RigLink, chunk: Uint8Array): void {
    this.machine.received(link.peer, chunk, this.now);
    this.drain();
  }

  /** The client half-closes. */
  end(link: RigLink): void {
    this.machine.inputEnded(link.peer, this.now);
    this.drain();
  }

  /** The connection breaks. */
  vanish(link: RigLink, reason: CloseReason = 'reset'): void {
    link.gone = true;
    this.machine.disconnected(link.peer, reason, this.now);
    this.drain();
  }

  /** A client creates a group and is in it; the turn is over then. */
  createAs(name: string, password: string, coming: Coming = {}): RigLink {
    const link = this.connect(coming);
    if (coming.codec === 'text') this.type(link, '2', name, password);
    else this.send(link, hello(), answer(1, 'menu', '2'), answer(2, 'name', name), answer(3, 'password', password));
    this.flush();
    return link;
  }

  /** A client asks to join a group, all answers sent ahead; the turn is not over yet. */
  askToJoin(name: string, group: string, password: string, coming: Coming = {}): RigLink {
    const link = this.connect(coming);
    if (coming.codec === 'text') this.type(link, '1', name, group, password);
    else {
      const dialogue = [answer(1, 'menu', '1'), answer(2, 'name', name), answer(3, 'group', group), answer(4, 'password', password)];
      this.send(link, hello(), ...dialogue);
    }
    return link;
  }

  /** A client joins a group; the turn is over then. */
  joinAs(name: string, group: string, password: string, coming: Coming = {}): RigLink {
    const link = this.askToJoin(name, group, password, coming);
    this.flush();
    return link;
  }

  /** A group of framed members, and what they heard of each other put aside. */
  group<const Names extends readonly [string, ...string[]]>(...names: Names): { [Place in keyof Names]: RigLink } {
    const [first, ...others] = names;
    const creator = this.createAs(first, 'secret');
    const links = [creator, ...others.map((name) => this.joinAs(name, creator.group, 'secret'))];
    for (const link of links) link.news();
    return links as { [Place in keyof Names]: RigLink };
  }

  /** The turn of the event loop is over. */
  flush(): void {
    while (this.machine.wantsFlush) {
      for (const link of this.links) link.sends = 0;
      this.machine.flush(this.now);
      this.drain();
    }
  }

  /** Time passes, and whatever is due in it happens in its turn. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (let rounds = 0; this.machine.nextDeadline <= until; rounds++) {
      assert.ok(rounds < MOST_ROUNDS, 'the machine asks to be woken without end');
      this.now = Math.max(this.now, this.machine.nextDeadline);
      this.machine.timeout(this.now);
      this.drain();
      this.flush();
    }
    this.now = until;
  }

  /** The client takes some of what waits for it in its connection. */
  takeUnsent(link: RigLink, bytes: number): void {
    link.unsentBytes = Math.max(0, link.unsentBytes - bytes);
  }

  /** The hasher is done with those that it has, or with the oldest of them. */
  answerPasswords(count = this.held.length): void {
    for (const reply of this.held.splice(0, count)) {
      reply();
      this.drain();
    }
  }

  /** Parts with everybody. */
  shutdown(graceMs: number): void {
    this.machine.shutdown(this.now, graceMs);
    this.drain();
  }

  /** The events of a kind. */
  eventsOf<T extends ServerEvent['type']>(type: T): Extract<ServerEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<ServerEvent, { type: T }> => event.type === type);
  }

  /** Does what the machine asks for. */
  drain(): void {
    for (let outputs = this.machine.takeOutputs(); outputs.length > 0; outputs = this.machine.takeOutputs()) {
      for (const output of outputs) this.#do(output);
    }
  }

  #do(output: ServerOutput<RigLink>): void {
    switch (output.type) {
      case 'send':
        output.link.take(output.chunk);
        if (output.link.reads) return;
        if (output.link.isFull) this.#measure(output.link);
        else this.machine.lingers(output.link.peer, this.now);
        return;
      case 'pause':
      case 'resume':
        assert.is.not(output.link.paused, output.type === 'pause', `${output.type} twice`);
        output.link.paused = output.type === 'pause';
        return;
      case 'end':
        output.link.ended = true;
        if (!output.link.lingers && !output.link.gone) this.vanish(output.link, 'ended');
        return;
      case 'abort':
        output.link.aborted = output.code;
        output.link.gone = true;
        return;
      case 'measure':
        return this.#measure(output.link);
      case 'hash':
        return this.#ask(output.ticket, () => this.machine.passwordHashed(output.ticket, recordOf(output.password), this.now));
      case 'verify': {
        const ok = output.record !== undefined && String(output.record.hash) === String(utf8.encode(output.password));
        return this.#ask(output.ticket, () => this.machine.passwordVerified(output.ticket, ok, this.now));
      }
      case 'event':
        this.events.push(output.event);
    }
  }

  #ask(ticket: number, reply: () => void): void {
    if (this.hasher === 'busy') this.machine.passwordFailed(ticket, this.now);
    else if (this.hasher === 'held') this.held.push(reply);
    else reply();
  }

  #measure(link: RigLink): void {
    if (!link.gone) this.machine.backlog(link.peer, link.unsentBytes, this.now);
  }
}

function recordOf(password: string): PasswordRecord {
  return { scheme: 'plain', salt: new Uint8Array(0), hash: utf8.encode(password) };
}
