/*
 * Real runs of the examples, recorded and told: what the exports are held to.
 */
import { type Example, perform, type Teller } from '../../../examples/index.js';
import { tell } from '../../../tracer/join/index.js';
import type { Story } from '../../../tracer/join/story.js';
import { memorySink, recorder } from '../../../tracer/record/index.js';
import type { Trace } from '../../../tracer/trace/trace.js';
import type { FaultFlags } from '../../../transports/link/index.js';
import { node } from '../../../transports/node.js';

/** A run that is over. */
export interface RealRun {
  readonly trace: Trace;
  readonly story: Story;
}

/** How examples are run. */
export interface RealRunOptions {
  readonly transport: string;
  readonly showSecrets?: boolean;
  readonly faults?: FaultFlags;
}

const silent: Teller = { event() {}, title() {}, explain() {}, tally() {}, beat() {}, skip() {} };

/** Performs examples one after the other, all in one trace; those that need another transport are left out. */
export async function realRun(examples: readonly Example[], { transport, showSecrets = false, faults }: RealRunOptions): Promise<RealRun> {
  const sink = memorySink();
  const startedAtMs = node.clock.now();
  const record = recorder({ title: `examples over ${transport}`, source: 'taps', madeBy: 'a test', startedAtMs, showSecrets, sink });
  for (const example of examples) {
    if (example.transport !== undefined && example.transport !== transport) continue;
    await perform(example, { transport, teller: silent, faults, watch: (participant) => record.tap(participant) });
  }
  record.flush();
  const trace = { header: record.header, events: sink.events };
  return { trace, story: tell(trace) };
}
