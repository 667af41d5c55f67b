/*
 * An example, performed and recorded from the taps of everybody who takes part.
 */
import { type Example, perform, type Teller } from '../../../examples/index.js';
import { memorySink, recorder } from '../../../tracer/record/index.js';
import type { Trace } from '../../../tracer/trace/trace.js';
import { clock } from '../../../transports/node.js';

/** Performs an example over a transport; its sentences become notes. */
export async function recorded(example: Example, transport: string): Promise<Trace> {
  const sink = memorySink();
  const title = `${example.name} over ${transport}`;
  const record = recorder({ title, source: 'taps', madeBy: 'a test', startedAtMs: clock.now(), sink });
  const nothing = () => undefined;
  const teller: Teller = {
    event: nothing,
    title: nothing,
    explain: (text) => record.note(text),
    tally: nothing,
    beat: nothing,
    skip: nothing,
  };
  await perform(example, { transport, teller, watch: (participant) => record.tap(participant) });
  record.flush();
  return { header: record.header, events: sink.events };
}
