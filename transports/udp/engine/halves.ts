/*
 * The two directions of a connection, and the policies that both follow. A client that takes the server's offer gets
 * new ones before anything was sent, so everybody asks here for the ones of now.
 */
import type { ArqPolicy } from './arq/index.js';
import type { MakeController } from './congestion/index.js';
import { Receiver } from './receiver.js';
import { SendStream } from './send-stream.js';
import { Sender } from './sender.js';
import type { EngineSettings } from './settings.js';
import type { Counters } from './stats.js';

/** Settings, and the policies that they name. */
export interface Policies {
  readonly settings: EngineSettings;
  readonly policy: ArqPolicy;
  readonly makeController: MakeController;
}

/** Both directions of one connection. */
export class Halves {
  settings: EngineSettings;
  sender: Sender;
  receiver: Receiver;
  readonly #counters: Counters;

  /** With so many segments of credit that the peer already allowed. */
  constructor({ settings, policy, makeController }: Policies, counters: Counters, credit: number) {
    this.#counters = counters;
    this.settings = settings;
    this.sender = new Sender({ policy, makeController, settings, counters, stream: new SendStream(credit) });
    this.receiver = new Receiver(policy, settings);
  }

  /** Takes other policies; what was written stays. */
  adopt({ settings, policy, makeController }: Policies): void {
    const { stream, resent } = this.sender;
    this.settings = settings;
    this.sender = new Sender({ policy, makeController, settings, counters: this.#counters, stream });
    this.sender.resent = resent;
    this.receiver = new Receiver(policy, settings);
  }
}
