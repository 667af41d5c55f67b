/*
 * The network of pipes: who listens where, dialling, and the breaking of pipes when a process dies.
 */
import type { Clock } from '../../lib/clock.js';
import type { Dice } from './dice.js';
import { must } from './journal.js';
import { Pipe, type PipeEnd, type PipeParts } from './pipe.js';
import type { PipeFaults } from './scenario.js';
import type { Dialled, Network, Wire } from './wire.js';

/** How long a dial may take when nobody answers. */
const DIAL_TIMEOUT_MS = 10_000;
const SOUND: PipeFaults = { delayMs: 5, jitterMs: 0, cut: 0, silent: 0 };

/** Carries bytes in pipes. */
export class PipeNetwork implements Network {
  readonly #listeners = new Map<string, (wire: Wire) => void>();
  readonly #ends = new Map<string, Set<PipeEnd>>();
  readonly #pipes = new Set<Pipe>();
  readonly #parts: PipeParts;
  #faults: PipeFaults;
  #dialled = 0;
  sent = 0;

  constructor(
    readonly clock: Clock,
    readonly dice: Dice,
    faults: PipeFaults,
  ) {
    this.#faults = faults;
    this.#parts = { clock, dice, faults: () => this.#faults, onSent: () => this.sent++ };
  }

  listen(host: string, accept: (wire: Wire) => void): void {
    this.#listeners.set(host, accept);
  }

  dial(from: string, to: string, dialled: (outcome: Dialled) => void): void {
    const pipe = new Pipe(`${from}-${++this.#dialled}`, this.#parts);
    this.#pipes.add(pipe);
    this.#endsOf(from).add(pipe.client);
    const fails = this.dice.chance(this.#faults.cut * 0.2);
    this.clock.setTimer(fails ? DIAL_TIMEOUT_MS : pipe.delay(), () => {
      const accept = this.#listeners.get(to);
      if (pipe.client.isDead) return; // who dialled is no more
      if (fails || !accept) {
        pipe.client.die();
        return dialled({ error: fails ? 'timeout' : 'refused' });
      }
      this.#endsOf(to).add(pipe.server);
      accept(pipe.server);
      this.clock.setTimer(pipe.delay(), () => {
        if (!pipe.client.isDead) dialled(pipe.client.isOpen ? { wire: pipe.client } : { error: 'reset' });
      });
    });
  }

  crash(host: string): void {
    this.#listeners.delete(host);
    const isSilent = this.dice.chance(this.#faults.silent);
    for (const end of this.#endsOf(host)) {
      const pipe = [...this.#pipes].find(({ client, server }) => client === end || server === end);
      end.die();
      pipe?.break(isSilent ? 'silent' : 'reset');
    }
    this.#ends.delete(host);
  }

  heal(): void {
    this.#faults = SOUND;
    for (const pipe of this.#pipes) pipe.mend();
  }

  mustBeEmpty(): void {
    for (const [host, ends] of this.#ends) {
      for (const end of ends) must(!end.isOpen, () => `pipe: ${end.id} is still open at ${host}`);
    }
  }

  #endsOf(host: string): Set<PipeEnd> {
    const ends = this.#ends.get(host) ?? new Set();
    this.#ends.set(host, ends);
    return ends;
  }
}
