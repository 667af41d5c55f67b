/*
 * Two stories aligned step by step: TCP beside UDP of one scenario, a bad network beside a good one. Within each stream
 * (streams.ts) the longest common run of equal steps is found (Myers, by the package `diff`), and between those the longest of steps
 * that do the same in other words. So nothing depends on times. The left story's order is the order of the rows.
 */
import { diffArrays } from 'diff';
import type { Story } from '../join/story.js';
import { type Comparable, isComparable, streamsOf } from './streams.js';

/** A row: a step of one story or of the other, or one of each that belong together. */
export type Aligned =
  | { readonly kind: 'same' | 'reworded'; readonly left: Comparable; readonly right: Comparable }
  | { readonly kind: 'left'; readonly left: Comparable }
  | { readonly kind: 'right'; readonly right: Comparable };

type Pair = readonly [Comparable, Comparable];
type Key = (step: Comparable) => string;

/** Of a step that points back at another the number is of no account: it differs as soon as one step is more or less. */
const POINTER = /,? first in(?: step)? \d+/g;

const exactly: Key = ({ label, words, ...step }) =>
  JSON.stringify([label, words.replace(POINTER, ''), ...(step.kind === 'arrow' ? [step.outcome, step.phase, step.repeats?.cause] : [])]);
/** The frames that a packet or a write is said to carry first: `57 bytes (PROMPT, PROMPT)`. */
const CARRIED = /\d bytes?(?: in one write)? \(([^()]+)\)/;

/** What carries the same does the same, in whatever; other steps, if they have a name and a phase in common. */
const roughly: Key = (step) => {
  if (step.kind === 'mark') return JSON.stringify([step.label]);
  const carried = step.lane === 'segments' ? CARRIED.exec(step.words)?.[1] : undefined;
  return JSON.stringify(carried === undefined ? [step.label, step.phase?.replace(/ \d.*$/, '')] : ['', carried]);
};

/** Aligns two stories. */
export function alignStories(left: Story, right: Story): readonly Aligned[] {
  const [lefts, rights] = [streamsOf(left), streamsOf(right)];
  const partner = new Map<Comparable, Comparable>();
  for (const [key, stream] of lefts) {
    const other = rights.get(key);
    if (!other) continue;
    for (const [one, two] of paired(stream, other)) {
      partner.set(one, two);
      partner.set(two, one);
    }
  }
  return rows(left.steps.filter(isComparable), right.steps.filter(isComparable), partner);
}

/** The pairs of two streams; the same whichever of them is called left. */
function paired(left: readonly Comparable[], right: readonly Comparable[]): readonly Pair[] {
  const keyOf = (steps: readonly Comparable[]): string => steps.map(exactly).join('\n');
  if (keyOf(left) > keyOf(right)) return paired(right, left).map(([one, two]) => [two, one]);
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  const between = (toLeft: number, toRight: number) => {
    for (const [a, b] of common(left.slice(i, toLeft), right.slice(j, toRight), roughly)) pairs.push([a, b]);
  };
  const positions = new Map([left, right].flatMap((steps) => steps.map((step, at) => [step, at] as const)));
  for (const pair of common(left, right, exactly)) {
    const [toLeft, toRight] = pair.map((step) => positions.get(step) as number) as [number, number];
    between(toLeft, toRight);
    pairs.push(pair);
    [i, j] = [toLeft + 1, toRight + 1];
  }
  between(left.length, right.length);
  return pairs;
}

/** The longest common run, in order. */
function common(left: readonly Comparable[], right: readonly Comparable[], key: Key): readonly Pair[] {
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count = 0 } of diffArrays(left.map(key), right.map(key))) {
    if (!added && !removed) for (let n = 0; n < count; n += 1) pairs.push([left[i + n] as Comparable, right[j + n] as Comparable]);
    if (!added) i += count;
    if (!removed) j += count;
  }
  return pairs;
}

/** The left steps in their order; what only the right has stands before the next of its steps that has a place. */
function rows(left: readonly Comparable[], right: readonly Comparable[], partner: ReadonlyMap<Comparable, Comparable>): readonly Aligned[] {
  const before = new Map<Comparable | undefined, Comparable[]>();
  let waiting: Comparable[] = [];
  for (const step of right) {
    const place = partner.get(step);
    if (!place) waiting.push(step);
    else {
      before.set(place, waiting);
      waiting = [];
    }
  }
  const onlyRight = (steps: readonly Comparable[] = []): readonly Aligned[] => steps.map((step) => ({ kind: 'right', right: step }));
  const placed = left.flatMap((step): readonly Aligned[] => {
    const other = partner.get(step);
    if (!other) return [{ kind: 'left', left: step }];
    const kind = exactly(step) === exactly(other) ? 'same' : 'reworded';
    return [...onlyRight(before.get(step)), { kind, left: step, right: other }];
  });
  return [...placed, ...onlyRight(waiting)];
}
