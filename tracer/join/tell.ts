/*
 * A whole trace told as one story: its events by their time, joined as they come (joiner.ts). The same trace gives the
 * same story.
 */
import type { Trace } from '../trace/trace.js';
import { observedIn } from './below.js';
import { doorsIn } from './cast.js';
import { joiner } from './joiner.js';
import type { Step, Story } from './story.js';

/** Tells a trace. If it `goesOn`, what has not arrived is told as under way, and not called lost or unseen. */
export function tell({ header, events }: Trace, { goesOn = false }: { readonly goesOn?: boolean } = {}): Story {
  const { title, startedAtMs } = header;
  const observed = observedIn(events);
  const doors = doorsIn(events);
  const join = joiner(header, { maxWaiting: Number.POSITIVE_INFINITY, goesOn, doors, ...(observed && { observed }) });
  const steps: Step[] = [];
  const append = (more: readonly Step[]) => {
    for (const step of more) steps.push(step);
  };
  // Who takes part is known before anything happens.
  for (const event of events) if (event.kind === 'actor') join.push(event);
  const inTime = events.filter(({ kind }) => kind !== 'actor').sort((one, other) => one.at - other.at); // stable
  for (const event of inTime) append(join.push(event));
  append(join.finish());
  return { title, startedAtMs, actors: join.actors, connections: join.connections, steps };
}
