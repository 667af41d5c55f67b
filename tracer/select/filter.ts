/*
 * A story with fewer steps. Steps keep their numbers, so that what points at another step still points at it, even if
 * that one is not shown.
 */
import { namesIn } from '../../transports/udp/wire/decode.js';
import type { Lane, Step, Story } from '../join/story.js';
import { remarksOn } from '../layout/index.js';

/** What is kept: whatever fits all that is asked for. Nothing asked for, nothing left out. */
export interface StoryFilter {
  /** A connection's id: `c1`. */
  readonly connection?: string | undefined;
  /** An actor's id or name, in either role: whoever sends, receives, or does something. */
  readonly actor?: string | undefined;
  readonly lanes?: readonly Lane[] | undefined;
  /** Names of frames, packets, states, in any case: `SAY`, `syn`. A packet also has the names of the frames in it. */
  readonly types?: readonly string[] | undefined;
  /** Part of what a row says, its label, its words, its remarks or its sentence, in any case. */
  readonly text?: string | undefined;
  /** Nanoseconds since the trace's start: steps that go on at this time or later, and that have begun by this time. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Keeps what fits; actors and connections that have no step left are left out, too. */
export function filterStory(story: Story, { connection, actor, lanes, types, text, from, to }: StoryFilter): Story {
  const wanted = types && new Set(types.map((type) => type.toLowerCase()));
  const ids =
    actor === undefined ? undefined : new Set(story.actors.filter(({ id, name }) => id === actor || name === actor).map(({ id }) => id));
  const udp = new Set(story.connections.filter(({ scheme }) => scheme === 'udp').map(({ id }) => id));

  const part = text?.toLowerCase();

  const fits = (step: Step): boolean => {
    if (lanes && !lanes.includes(step.lane)) return false;
    if (from !== undefined && lastMoment(step) < from) return false;
    if (to !== undefined && step.at > to) return false;
    if (part !== undefined && !saidOf(step).toLowerCase().includes(part)) return false;
    if (step.kind === 'note') return wanted === undefined; // a sentence belongs to all
    if (connection !== undefined && step.connection !== connection) return false;
    if (ids && !(step.kind === 'mark' ? ids.has(step.actor) : ids.has(step.from) || ids.has(step.to))) return false;
    return !wanted || namesOf(step, udp).some((name) => wanted.has(name.toLowerCase()));
  };

  const steps = story.steps.filter(fits);
  const cast = new Set(steps.flatMap((step) => (step.kind === 'arrow' ? [step.from, step.to] : step.kind === 'mark' ? [step.actor] : [])));
  const used = new Set(steps.flatMap((step) => (step.kind === 'note' ? [] : [step.connection])));
  return {
    ...story,
    actors: story.actors.filter(({ id }) => cast.has(id)),
    connections: story.connections.filter(({ id }) => used.has(id)),
    steps,
  };
}

function saidOf(step: Step): string {
  if (step.kind === 'note') return step.words;
  return [step.label, step.words, ...(step.kind === 'arrow' ? remarksOn(step) : [])].join(' ');
}

function lastMoment(step: Step): number {
  return step.kind === 'arrow' ? Math.max(step.at, step.receivedAt ?? 0) : step.at;
}

function namesOf(step: Exclude<Step, { kind: 'note' }>, udp: ReadonlySet<string>): readonly string[] {
  const isPacket = step.kind === 'arrow' && step.lane === 'segments' && udp.has(step.connection);
  return isPacket ? [step.label, ...namesIn(step.bytes)] : [step.label];
}
