/*
 * Your ARQ: go-back-N. It sends, and it believes whatever comes; it repairs nothing yet. Grade it with
 *
 *   npm run -s exercise -- arq
 */
import type { Arq, Packet, Receiver, Sender, Settings } from './contract.js';

/** Go-back-N, unfinished. */
export const arq: Arq = {
  sender: (settings) => new GoBackSender(settings),
  receiver: () => new GoBackReceiver(),
};

class GoBackSender implements Sender {
  readonly #settings: Settings;
  readonly #messages: string[] = [];
  /** The oldest packet that is not acknowledged, and the next to be sent. */
  #base = 0;
  #next = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  submit(message: string): void {
    this.#messages.push(message);
  }

  next(_now: number): Packet | undefined {
    const number = this.#next;
    const message = this.#messages[number];
    if (message === undefined) return undefined;
    // TODO: no more than #settings.window packets from #base on
    // TODO: remember when it was sent
    this.#next += 1;
    return { number, message };
  }

  acknowledged(next: number, _now: number): void {
    this.#base = next;
    // TODO: an old acknowledgement may come late; and #next may stand behind it
  }

  get deadline(): number {
    // TODO: when the oldest packet that is not acknowledged was sent, and settings.timeoutMs more
    return this.#settings.timeoutMs > 0 && this.#base < 0 ? 0 : Number.POSITIVE_INFINITY;
  }

  timeout(_now: number): void {
    // TODO: go back
  }
}

class GoBackReceiver implements Receiver {
  #expected = 0;

  received({ number, message }: Packet): { readonly deliver: readonly string[]; readonly acknowledge: number } {
    // TODO: only the one that is expected is delivered
    this.#expected = number + 1;
    return { deliver: [message], acknowledge: this.#expected };
  }
}
