/*
 * The outputs that the machine's parts have gathered, in order, until the driver takes them.
 */
import type { ServerEvent, ServerOutput } from './output.js';

/** A queue of outputs. */
export class Outbound<Link> {
  #outputs: ServerOutput<Link>[] = [];

  /** @param observed whether anybody listens to events; nothing is built for nobody */
  constructor(private readonly observed: () => boolean) {}

  push(output: ServerOutput<Link>): void {
    this.#outputs.push(output);
  }

  /** Tells what happened, if anybody listens. */
  tell(event: () => ServerEvent): void {
    if (this.observed()) this.push({ type: 'event', event: event() });
  }

  /** Hands over what has gathered. */
  take(): readonly ServerOutput<Link>[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }
}
