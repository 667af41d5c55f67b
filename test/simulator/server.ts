/*
 * A server over all its processes: it is started, it dies or is shut down and starts anew, with the same log or with an
 * empty one. Its ledger sees all of that.
 */
import type { CountedClock } from './counted-clock.js';
import type { Dice } from './dice.js';
import { type Journal, must } from './journal.js';
import { ServerLedger } from './ledger.js';
import type { Restart, Scenario } from './scenario.js';
import { newLog, ServerProcess } from './server-process.js';
import type { Network } from './wire.js';

/** What a server is made of. */
export interface ServerParts {
  readonly name: string;
  readonly clock: CountedClock;
  readonly dice: Dice;
  readonly scenario: Scenario;
  readonly network: Network;
  readonly journal: Journal;
  readonly seatKeptMs: number;
}

/** A server. */
export class Server {
  readonly ledger: ServerLedger;
  #log;
  #process: ServerProcess | undefined;
  #isHealed = false;

  constructor(private readonly parts: ServerParts) {
    const { name, seatKeptMs, scenario, dice } = parts;
    this.ledger = new ServerLedger(name, seatKeptMs);
    this.#log = newLog(scenario, dice);
    this.#start();
  }

  restart(how: Restart): void {
    const { clock, journal, name } = this.parts;
    if (!this.#process) return; // it is down already
    journal.step(name, `${how.how === 'crash' ? 'dies' : 'shuts down'}, to come back after ${how.downMs} ms with the ${how.log} log`);
    const process = this.#process;
    this.#process = undefined;
    let isOver = false;
    this.#onEmpty = () => {
      if (isOver) return;
      isOver = true;
      this.#end(process, how);
      clock.setTimer(how.downMs, () => this.#start());
    };
    if (how.how === 'crash') this.#onEmpty();
    else process.shutdown();
  }

  heal(): void {
    this.#isHealed = true;
    if (this.#process) this.#process.isHealed = true;
  }

  mustBeEmpty(): void {
    must(this.#process !== undefined, () => `${this.parts.name}: never came back`);
    this.#process.mustBeEmpty(this.parts.name);
  }

  #onEmpty: () => void = () => {};

  #start(): void {
    const { name, network, journal, clock } = this.parts;
    journal.step(name, 'starts');
    const process = new ServerProcess({
      ...this.parts,
      log: this.#log,
      tell: (event) => {
        journal.step(name, JSON.stringify(event).slice(0, 140));
        this.ledger.take(event, clock.now());
      },
      onEmpty: () => this.#onEmpty(),
    });
    process.isHealed = this.#isHealed;
    this.#process = process;
    network.listen(name, (wire) => process.accept(wire));
  }

  #end(process: ServerProcess, { log }: Restart): void {
    const { network, name, scenario, dice } = this.parts;
    process.die();
    network.crash(name);
    this.ledger.restarted(log);
    if (log === 'fresh') this.#log = newLog(scenario, dice);
  }
}
