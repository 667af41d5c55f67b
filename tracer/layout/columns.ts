/*
 * Which actors get a column. Those who take part in what is shown, in the story's order; and if they are more than fit,
 * the servers and the first of the others, while the rest share the last column.
 */
import type { Actor, Step } from '../join/story.js';

/** Who stands where. */
export interface Columns {
  /** The columns from left to right. */
  readonly heads: readonly Head[];
  /** The column of an actor, by its id; an unknown actor has none. */
  readonly of: ReadonlyMap<string, number>;
}

/** What one column stands for. */
export interface Head {
  readonly name: string;
  /** More than one, if several share the column. */
  readonly actors: readonly Actor[];
}

/** Who takes part in a step. */
export function actorsOf(step: Step): readonly string[] {
  if (step.kind === 'note') return [];
  return step.kind === 'mark' ? [step.actor] : [step.from, step.to];
}

/** Those of the actors who take part in the steps; all, if none does. */
export function takingPart(actors: readonly Actor[], steps: readonly Step[]): readonly Actor[] {
  const ids = new Set(steps.flatMap((step) => actorsOf(step)));
  const found = actors.filter(({ id }) => ids.has(id));
  return found.length > 0 ? found : actors;
}

/** Gives actors their columns, at most `most`. */
export function columnsOf(actors: readonly Actor[], most: number): Columns {
  const own = actors.length <= most ? actors : chosen(actors, Math.max(1, most - 1));
  const others = actors.filter((actor) => !own.includes(actor));
  const heads: Head[] = own.map((actor) => ({ name: actor.name, actors: [actor] }));
  if (others.length > 0) heads.push({ name: `${others.length} others`, actors: others });
  return { heads, of: new Map(heads.flatMap(({ actors: sharing }, column) => sharing.map(({ id }) => [id, column] as const))) };
}

function chosen(actors: readonly Actor[], count: number): readonly Actor[] {
  const servers = actors.filter(({ role }) => role !== 'client');
  const first = new Set([...servers, ...actors.filter(({ role }) => role === 'client')].slice(0, count));
  return actors.filter((actor) => first.has(actor));
}
