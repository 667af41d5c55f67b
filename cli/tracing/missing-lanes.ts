/* A lane is asked for in which nothing happens: a sentence says so, and which lanes there are. */
import type { Lane, Story } from '../../tracer/join/index.js';

/** Tells, on stderr, of lanes that were asked for and are not in a story. */
export function tellMissingLanes(
  name: string,
  { steps }: Pick<Story, 'steps'>,
  { lanes = [] }: { readonly lanes?: readonly Lane[] },
): void {
  const there = new Set<Lane>(steps.map(({ lane }) => lane).filter((lane) => lane !== 'notes'));
  const missing = [...new Set(lanes)].filter((lane) => !there.has(lane));
  if (missing.length === 0) return;
  const has = there.size === 0 ? 'it has none at all' : `it has ${inWords([...there].sort())}`;
  process.stderr.write(`${name} has no lane${missing.length > 1 ? 's' : ''} ${inWords(missing)}: ${has}.\n`);
}

function inWords(lanes: readonly Lane[]): string {
  return lanes.length > 1 ? `${lanes.slice(0, -1).join(', ')} and ${lanes.at(-1)}` : lanes.join('');
}
