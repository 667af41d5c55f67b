/*
 * Go-back-N, finished: a solution of docs/exercises/arq.
 */
import type { Arq, Packet, Receiver, Sender, Settings } from '../../../docs/exercises/arq/contract.js';

/** Go-back-N. */
export const arq: Arq = {
  sender: (settings) => new GoBackSender(settings),
  receiver: () => new GoBackReceiver(),
};

class GoBackSender implements Sender {
  readonly #settings: Settings;
  readonly #messages: string[] = [];
  readonly #sentAt: number[] = [];
  /** The oldest packet that is not acknowledged, and the next to be sent. */
  #base = 0;
  #next = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  submit(message: string): void {
    this.#messages.push(message);
  }

  next(now: number): Packet | undefined {
    const number = this.#next;
    const message = this.#messages[number];
    if (message === undefined || number >= this.#base + this.#settings.window) return undefined;
    this.#sentAt[number] = now;
    this.#next += 1;
    return { number, message };
  }

  acknowledged(next: number, _now: number): void {
    this.#base = Math.max(this.#base, next);
    this.#next = Math.max(this.#next, this.#base); // it had gone back, and what it was about to repeat has come after all
  }

  get deadline(): number {
    const sentAt = this.#base < this.#next ? this.#sentAt[this.#base] : undefined;
    return sentAt === undefined ? Number.POSITIVE_INFINITY : sentAt + this.#settings.timeoutMs;
  }

  timeout(_now: number): void {
    this.#next = this.#base;
  }
}

class GoBackReceiver implements Receiver {
  #expected = 0;

  received({ number, message }: Packet): { readonly deliver: readonly string[]; readonly acknowledge: number } {
    if (number !== this.#expected) return { deliver: [], acknowledge: this.#expected };
    this.#expected += 1;
    return { deliver: [message], acknowledge: this.#expected };
  }
}
