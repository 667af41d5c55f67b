/*
 * A crowd for the property test: twelve people who come, speak, leave, vanish and come back over framed and text
 * connections. What each of them must have heard stands in stays.ts.
 */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { encodeFrame } from '../../../lib/wire/encode.js';
import type { ClientFrame } from '../../../lib/wire/frames.js';
import { bye, hello, leave, say, who } from './client-frames.js';
import { Rig } from './rig.js';
import type { RigLink } from './rig-link.js';
import { SlowLog } from './slow-log.js';
import { checkStays } from './stays.js';

const PEOPLE = 12;
const MEMBERS_OF_TEXT = 3; // the last three people speak text
const GROUPS = 2;

/** What may happen. */
export type Action =
  | { readonly do: 'join'; readonly person: number; readonly group: number; readonly badly: boolean }
  | { readonly do: 'say'; readonly person: number; readonly times: number; readonly cut: number }
  | { readonly do: 'leave' | 'bye' | 'vanish' | 'end' | 'resume' | 'who'; readonly person: number }
  | { readonly do: 'flush' }
  | { readonly do: 'hasher'; readonly held: boolean }
  | { readonly do: 'log'; readonly held: boolean; readonly release: number }
  | { readonly do: 'pass'; readonly ms: number };

const person = fc.nat(PEOPLE - 1);
export const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('join'), person, group: fc.nat(GROUPS - 1), badly: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('say'), person, times: fc.integer({ min: 1, max: 40 }), cut: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('leave', 'bye', 'end', 'who'), person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('vanish', 'resume'), person }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('flush') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hasher'), held: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('log'), held: fc.boolean(), release: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(0, 49, 50, 1_000, 31_000, 61_000) }) },
);

/** One person and the connections it has had. */
interface Person {
  readonly name: string;
  readonly text: boolean;
  link: RigLink | undefined;
  /** What it has not yet finished sending. */
  rest: Uint8Array;
  saidInAll: number;
  /** What it had said before it took its seat. */
  saidBefore: number;
}

/** The people, the machine, and what must hold. */
export class Crowd {
  readonly #rig: Rig;
  readonly #people: Person[] = Array.from({ length: PEOPLE }, (_, i) => ({
    name: `Person ${i}`,
    text: i >= PEOPLE - MEMBERS_OF_TEXT,
    link: undefined,
    rest: new Uint8Array(0),
    saidInAll: 0,
    saidBefore: 0,
  }));
  readonly #groups: readonly string[];
  readonly #halfClosed = new Set<RigLink>();
  readonly #resumedAfter = new Map<string, number>();

  constructor({ slowLog }: { slowLog: boolean }) {
    this.#rig = new Rig({ limits: { emptyGroupKeptMs: 3_600_000 }, log: (inner) => (slowLog ? new SlowLog(inner) : inner) });
    const founders = Array.from({ length: GROUPS }, (_, i) => this.#rig.createAs(`Founder ${i}`, 'secret'));
    this.#groups = founders.map(({ group }) => group);
    for (const founder of founders) this.#rig.send(founder, leave);
  }

  act(action: Action): void {
    const rig = this.#rig;
    switch (action.do) {
      case 'flush':
        return rig.flush();
      case 'pass':
        return rig.pass(action.ms);
      case 'hasher':
        rig.hasher = action.held ? 'held' : 'at once';
        return action.held ? undefined : rig.answerPasswords();
      case 'log':
        return this.#log(action.held, action.release);
      default:
        return this.#actOf(this.#people[action.person] as Person, action);
    }
  }

  /** All stop, what is held is answered, and time goes on until nothing is left to be done. */
  everybodyGoes(): void {
    const rig = this.#rig;
    rig.hasher = 'at once';
    rig.answerPasswords();
    this.#log(false, 0);
    this.#log(false, Number.POSITIVE_INFINITY);
    rig.flush();
    const alive = new Set(rig.links.filter(({ gone }) => !gone));
    for (const link of alive) rig.vanish(link);
    rig.flush();
    rig.pass(60_000);
    for (const { seats } of rig.machine.groups.values()) assert.is(seats.size, 0, 'a seat is left');
    rig.pass(3_600_000);
    assert.is(rig.machine.groups.size, 0, 'a group is left');
    assert.is(rig.log.size, 0, 'the log keeps a group');
    assert.is(rig.machine.nextDeadline, Number.POSITIVE_INFINITY, 'the machine still waits for a time');
    assert.is(rig.machine.wantsFlush, false);
    assert.equal(rig.machine.takeOutputs(), []);
    checkStays(rig, this.#resumedAfter, alive);
  }

  #log(held: boolean, release: number): void {
    const { log } = this.#rig;
    if (!(log instanceof SlowLog)) return;
    log.holds = held;
    if (held) log.release(release);
    else while (log.waiting > 0) this.#released(log);
    this.#rig.drain();
  }

  #released(log: SlowLog): void {
    log.release();
    this.#rig.drain();
  }

  #actOf(who_: Person, action: Exclude<Action, { do: 'flush' | 'pass' | 'hasher' | 'log' }>): void {
    const { link } = who_;
    if (action.do === 'join') return this.#join(who_, this.#groups[action.group] ?? '', action.badly);
    if (action.do === 'resume') return this.#resume(who_);
    if (!link || link.gone || link.ended || this.#halfClosed.has(link)) return;
    switch (action.do) {
      case 'say':
        return this.#say(who_, action.times, action.cut);
      case 'leave':
        return this.#send(who_, leave, '/leave');
      case 'bye':
        return this.#send(who_, bye, '/quit');
      case 'who':
        return this.#send(who_, who, '/who');
      case 'end':
        if (who_.text) this.#rig.receive(link, who_.rest); // half a line at the end would be said
        this.#halfClosed.add(link);
        return this.#rig.end(link);
      case 'vanish':
        return this.#rig.vanish(link);
    }
  }

  #join(each: Person, group: string, badly: boolean): void {
    if (each.link && !each.link.gone) this.#rig.vanish(each.link);
    each.rest = new Uint8Array(0);
    each.saidBefore = each.saidInAll;
    const source = `10.0.0.${each.name.slice(7)}`;
    each.link = this.#rig.askToJoin(each.name, group, badly ? 'guess' : 'secret', { source, codec: each.text ? 'text' : 'frames' });
  }

  #resume(each: Person): void {
    const former = each.link;
    if (!former || each.text || former.all('JOINED').length === 0) return;
    each.rest = new Uint8Array(0);
    each.link = this.#rig.connect({ source: `10.0.0.${each.name.slice(7)}` });
    const last = lastHeard(former);
    this.#resumedAfter.set(each.link.id, last);
    // what it said last it says again, as a client does that has not seen all of it accepted
    const again = Array.from({ length: 5 }, (_, i) => each.saidInAll - 4 + i).filter((id) => id > each.saidBefore);
    this.#rig.send(each.link, hello(former.token, last), ...again.map((id) => say(id, `${each.name} says ${id}`)));
  }

  #say(each: Person, times: number, cut: number): void {
    for (let i = 0; i < times; i++) {
      const id = ++each.saidInAll;
      this.#send(each, say(id, `${each.name} says ${id}`), `${each.name} says ${id}`, i === times - 1 ? cut : 0);
    }
  }

  /** Sends something; if it is to be cut, its last bytes come with whatever is sent next. */
  #send(each: Person, frame: ClientFrame, line: string, cut = 0): void {
    const bytes = each.text ? new TextEncoder().encode(`${line}\n`) : encodeFrame(frame);
    const all = Uint8Array.from([...each.rest, ...bytes]);
    const now = Math.max(0, all.length - cut);
    each.rest = all.slice(now);
    if (each.link && !each.link.gone) this.#rig.receive(each.link, all.slice(0, now));
  }
}

function lastHeard(link: RigLink): number {
  const numbers = [...link.all('MESSAGE'), ...link.all('ACCEPTED')].map(({ sequence }) => sequence);
  return Math.max(link.last('JOINED').nextSequence - 1, ...numbers);
}
