/*
 * The steps of a story by what can be compared with what: one lane of one connection in one direction. Runs of two
 * transports differ in who is quicker, so steps of different connections have no common order; those of one have.
 */
import type { ArrowStep, MarkStep, Step, Story } from '../join/story.js';

/** A step that can be compared. Sentences between the steps are the lesson's, not the run's. */
export type Comparable = ArrowStep | MarkStep;

/** The steps of a stream, in order. */
export type Streams = ReadonlyMap<string, readonly Comparable[]>;

/** Who it is about, by names: IDs differ from trace to trace. */
export interface Ends {
  /** `Bar → server`, or the one at whom something happens. */
  endsOf(step: Comparable): string;
}

/** Parts a story. Streams of two stories with the same key belong together. */
export function streamsOf(story: Pick<Story, 'actors' | 'connections' | 'steps'>): Streams {
  const { endsOf } = endsIn(story);
  const tags = connectionTags(story);
  const streams = new Map<string, Comparable[]>();
  for (const step of story.steps) {
    if (!isComparable(step)) continue;
    const key = JSON.stringify([tags.get(step.connection) ?? step.connection, step.lane, endsOf(step)]);
    const stream = streams.get(key);
    if (stream) stream.push(step);
    else streams.set(key, [step]);
  }
  return streams;
}

/** Whether a step can be compared. */
export function isComparable(step: Step): step is Comparable {
  return step.kind !== 'note';
}

/** Names the ends of a story's steps. */
export function endsIn({ actors }: Pick<Story, 'actors'>): Ends {
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return { endsOf: (step) => (step.kind === 'mark' ? nameOf(step.actor) : `${nameOf(step.from)} → ${nameOf(step.to)}`) };
}

/** Connections by who has them and as which of theirs it is: `["Bar","server",0]`. */
function connectionTags({ actors, connections }: Pick<Story, 'actors' | 'connections'>): ReadonlyMap<string, string> {
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  const counts = new Map<string, number>();
  return new Map(
    connections.map(({ id, client, server }) => {
      const pair = JSON.stringify([names.get(client) ?? client, names.get(server) ?? server]);
      const nth = counts.get(pair) ?? 0;
      counts.set(pair, nth + 1);
      return [id, `${pair}${nth}`];
    }),
  );
}
