/*
 * One run from one seed: things happen and go wrong for a while, then nothing goes wrong any more and everything must
 * come right, then all go and nothing may be left. Synchronous, in virtual time; the same seed is the same run.
 */
import { DEFAULT_LIMITS } from '../../lib/server/limits.js';
import { Attacker } from './attacker.js';
import { CountedClock } from './counted-clock.js';
import { Dice } from './dice.js';
import { Journal, must } from './journal.js';
import { type Board, Person } from './person.js';
import { PipeNetwork } from './pipe-network.js';
import { describe, drawScenario, type Scenario } from './scenario.js';
import { Server } from './server.js';
import { UdpNetwork } from './udp-network.js';
import type { Network } from './wire.js';

/** Everything has come right this long after the last fault: a dead connection is noticed after 75 s at the latest. */
const HEALED_WITHIN_MS = 200_000;
/** How long nothing happens, to see that nothing is sent for it. */
const REST_MS = 300_000;
/** Datagrams a second for a connection at rest, both ways: keepalives and their answers, and the chat's PING. */
const RESTING_RATE = 1;
const CHECK_EVERY_MS = 1_000;
const NAMES = ['Ada', 'Bar', 'Cy', 'Dan', 'Eve', 'Fay', 'Gil', 'Hal', 'Ivy', 'Jo'];

/** What a run came to. */
export interface Outcome {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly steps: number;
  readonly hash: string;
  readonly said: number;
}

/** A run that failed: says how to see it again, and what happened last. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';

  constructor(scenario: Scenario, journal: Journal, cause: unknown) {
    const reason = cause instanceof Error ? (cause.name === 'Violation' ? cause.message : (cause.stack ?? cause.message)) : String(cause);
    const lines = [
      `seed ${scenario.seed}: ${reason}`,
      `the last of ${journal.steps} steps:`,
      ...journal.last.map((line) => `  ${line}`),
      `scenario: ${describe(scenario)}`,
      `again: npm run soak -- --seed ${scenario.seed}`,
    ];
    super(lines.join('\n'), { cause });
  }
}

/**
 * Runs a seed.
 * @throws {RunFailed}
 */
export function run(seed: number, onStep?: (line: string) => void): Outcome {
  const scenario = drawScenario(seed);
  const clock = new CountedClock();
  const journal = new Journal(clock);
  journal.onStep = onStep;
  try {
    const world = new World(scenario, clock, journal);
    world.act();
    world.heal();
    world.idle();
    world.everybodyGoes();
    return { seed, scenario, steps: journal.steps, hash: journal.hash, said: world.board.said };
  } catch (error) {
    throw new RunFailed(scenario, journal, error);
  }
}

class World {
  readonly board: Board = { groups: [], said: 0 };
  readonly #network: Network;
  readonly #servers: Server[];
  readonly #people: Person[];

  constructor(
    readonly scenario: Scenario,
    readonly clock: CountedClock,
    readonly journal: Journal,
  ) {
    const dice = new Dice(scenario.seed + 1);
    const seatKeptMs = scenario.limits.seatKeptMs ?? DEFAULT_LIMITS.seatKeptMs;
    this.#network = newNetwork(scenario, clock, dice.fork(), journal);
    const shared = { clock, scenario, journal, network: this.#network };
    this.#servers = Array.from({ length: scenario.servers }, (_, i) => {
      return new Server({ ...shared, name: `s${i}`, dice: dice.fork(), seatKeptMs });
    });
    const boards = this.#servers.map((_, i) => (i === 0 ? this.board : { groups: [], said: 1e6 }));
    const names = NAMES.slice(0, scenario.clients);
    this.#people = names.map((name, i) => {
      const server = i % this.#servers.length;
      const { ledger } = this.#servers[server] as Server;
      return new Person({ ...shared, name, names, ledger, to: `s${server}`, board: boards[server] as Board, dice: dice.fork() });
    });
  }

  /** People act, and things go wrong. */
  act(): void {
    for (const restart of this.scenario.restarts) {
      this.clock.setTimer(restart.atMs, () => this.#servers[restart.server]?.restart(restart));
    }
    this.#pass(this.scenario.activeMs);
  }

  /** Nothing goes wrong any more, and nobody does anything: all that was said arrives. */
  heal(): void {
    this.journal.step('all', 'nothing goes wrong any more');
    this.#network.heal();
    for (const server of this.#servers) server.heal();
    for (const person of this.#people) person.rest();
    for (let ms = 0; ms < HEALED_WITHIN_MS && !this.#isSettled; ms += CHECK_EVERY_MS) this.#pass(CHECK_EVERY_MS);
    for (const { client } of this.#people) client?.mustBeUpToDate();
    must(this.#isSettled, () => `liveness: ${this.#unsettled} did not come to rest`);
  }

  /** Nothing happens for a while, and next to nothing is sent. */
  idle(): void {
    this.journal.step('all', 'everything is settled');
    this.#pass(30_000); // seats of those who are gone are given up, last packets answered
    const before = this.#network.sent;
    const open = this.#people.filter(({ client }) => client && !client.isOver).length;
    this.#pass(REST_MS);
    const sent = this.#network.sent - before;
    const most = (open * RESTING_RATE * REST_MS) / 1000;
    must(sent <= most, () => `quiet: ${sent} were sent in ${REST_MS / 1000} s by ${open} connections at rest`);
    for (const { client } of this.#people) client?.mustBeUpToDate();
    this.#compareMembers();
  }

  /** The last ones go, and what is kept for them is given up in time. */
  everybodyGoes(): void {
    this.journal.step('all', 'everybody goes');
    for (const person of this.#people) person.go();
    this.#pass(180_000); // a connection that died in silence, and the seat after it
    const before = this.#network.sent;
    this.#pass(900_000); // an empty group
    must(this.#network.sent === before, () => `quiet: ${this.#network.sent - before} were sent although nobody is there`);
    for (const server of this.#servers) server.mustBeEmpty();
    this.#network.mustBeEmpty();
    must(this.clock.waiting === 0, () => `quiet: ${this.clock.waiting} timers are still set`);
  }

  /** Whoever is asked who is there says the same as the ledger. */
  #compareMembers(): void {
    const members = this.#people.flatMap(({ client }) => (client?.membership && !client.isOver ? [client] : []));
    for (const client of members) client.who();
    this.#pass(30_000);
    for (const { name, lastMembers, membership } of members) {
      const seats = [...(membership?.seat.group.seats.values() ?? [])].map((seat) => inWords(seat.name, seat.lostAt !== undefined));
      const told = lastMembers?.map((member) => inWords(member.name, member.here === 'no'));
      must(String(told) === String(seats), () => `members: ${name} is told of ${told?.join(', ')}, and it is ${seats.join(', ')}`);
    }
  }

  #pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += CHECK_EVERY_MS) {
      this.clock.advance(Math.min(CHECK_EVERY_MS, ms - passed));
      for (const { ledger } of this.#servers) ledger.mustBeInTime(this.clock.now());
    }
  }

  get #isSettled(): boolean {
    return this.#people.every(({ client }) => client?.isSettled ?? true);
  }

  get #unsettled(): string {
    return this.#people.flatMap(({ client }) => (client?.isSettled === false ? [client.name] : [])).join(', ');
  }
}

function newNetwork(scenario: Scenario, clock: CountedClock, dice: Dice, journal: Journal): Network {
  if (scenario.transport === 'pipe') return new PipeNetwork(clock, dice, scenario.pipe);
  const servers = Array.from({ length: scenario.servers }, (_, i) => `s${i}`);
  const attacker = scenario.attacked ? new Attacker(clock, dice.fork(), servers) : undefined;
  return new UdpNetwork({ clock, dice, scenario, journal, attacker });
}

function inWords(name: string, isAway: boolean): string {
  return isAway ? `${name} (away)` : name;
}
