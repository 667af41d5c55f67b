/*
 * Records an example: a real server and real clients, with a tap at each, and the lesson's sentences between what was
 * seen. Nothing is printed; the tracer has views for what comes of it.
 */

import { memorySink, recorder } from '../../tracer/record/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import type { FaultFlags } from '../../transports/link/index.js';
import { node } from '../../transports/node.js';
import type { UdpFlags } from '../../transports/udp/index.js';
import type { Teller } from './narrator.js';
import { DEFAULT_TRANSPORT, perform } from './perform.js';
import type { Example } from './stage.js';

/** How an example is recorded. */
export interface Recording {
  readonly transport?: string | undefined;
  readonly faults?: FaultFlags | undefined;
  readonly udp?: UdpFlags | undefined;
  /** With what it is made: versions and machine, in words. */
  readonly madeBy: string;
  /** Default false. */
  readonly showSecrets?: boolean;
}

/** An example, recorded. */
export interface Recorded {
  readonly trace: Trace;
  /** When the lesson began, in nanoseconds since the start: what its groups did before belongs to no picture. */
  readonly curtainNs: number;
}

/**
 * Performs an example and records it.
 * @throws {TransportError} as `perform` does
 */
export async function record(example: Example, { faults, udp, madeBy, showSecrets = false, ...asked }: Recording): Promise<Recorded> {
  const transport = asked.transport ?? example.transport ?? DEFAULT_TRANSPORT;
  const { clock } = node;
  const startedAtMs = clock.now();
  const sink = memorySink();
  const title = `${example.name} over ${transport}`;
  const recording = recorder({ title, source: 'taps', madeBy, startedAtMs, showSecrets, sink });
  const note = (sentence: string) => recording.note(sentence, clock.now());
  let curtainNs = 0;
  const teller: Teller = {
    event: () => {},
    title: (_title, sentence) => note(sentence),
    explain: note,
    tally(rows) {
      for (const { count, what } of rows) note(`${count} ${what}`);
    },
    beat: () => {},
    skip() {
      curtainNs = Math.round((clock.now() - startedAtMs) * 1e6);
    },
  };
  await perform(example, { transport, faults, udp, teller, watch: (participant) => recording.tap(participant) });
  recording.flush();
  return { trace: { header: recording.header, events: sink.events }, curtainNs };
}
