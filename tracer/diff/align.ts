/*
 * Stories aligned step by step: TCP beside UDP beside Unix of one scenario, a bad network beside a good one. Within each stream
 * (streams.ts) the longest common run of equal steps is found (Myers, by the package `diff`), and between those the longest of steps
 * that do the same in other words. So nothing depends on times. The first story's order is the order of the rows; each further
 * one joins the rows of those before it.
 */
import { diffArrays } from 'diff';
import type { Story } from '../join/story.js';
import { type Comparable, isComparable, streamsOf } from './streams.js';

/** A row: the steps that belong together, at the places of their stories; `undefined` where a story has none. */
export interface Aligned {
  /** In all stories alike, in all in other words, or only in some of them. */
  readonly kind: 'same' | 'reworded' | 'some';
  readonly steps: readonly (Comparable | undefined)[];
}

/** A row that further stories may join. */
type Row = (Comparable | undefined)[];
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

/** Aligns stories; each row has a place for each of them. */
export function alignStories(stories: readonly Story[]): readonly Aligned[] {
  const streams = new Map<string, readonly Row[]>();
  let rows: readonly Row[] = [];
  stories.forEach((story, nth) => {
    const rowOf = new Map<Comparable, Row>();
    for (const [key, steps] of streamsOf(story)) streams.set(key, joined(streams.get(key) ?? [], steps, nth, rowOf));
    rows = woven(rows, story.steps.filter(isComparable), rowOf);
  });
  return rows.map((row) => {
    const steps = stories.map((_, nth) => row[nth]);
    const there = steps.filter((step) => step !== undefined);
    const kind = there.length < steps.length ? 'some' : new Set(there.map(exactly)).size === 1 ? 'same' : 'reworded';
    return { kind, steps };
  });
}

/** A stream's rows with the steps of one more story in them, each of which gets a row. */
function joined(rows: readonly Row[], steps: readonly Comparable[], nth: number, rowOf: Map<Comparable, Row>): readonly Row[] {
  const all: Row[] = [];
  let [i, j] = [0, 0];
  const upTo = (row: number, step: number) => {
    for (; i < row; i += 1) all.push(rows[i] as Row);
    for (; j < step; j += 1) {
      const own: Row = [];
      own[nth] = steps[j];
      rowOf.set(steps[j] as Comparable, own);
      all.push(own);
    }
  };
  for (const [row, step] of paired(rows, steps)) {
    upTo(row, step);
    const shared = rows[row] as Row;
    shared[nth] = steps[step];
    rowOf.set(steps[step] as Comparable, shared);
    all.push(shared);
    [i, j] = [row + 1, step + 1];
  }
  upTo(rows.length, steps.length);
  return all;
}

/** Places of a row and of the step that joins it. */
type Pair = readonly [row: number, step: number];

/** What belongs together; of two stories the same whichever comes first. */
function paired(rows: readonly Row[], steps: readonly Comparable[]): readonly Pair[] {
  const lefts = rows.map((row) => row.filter((step) => step !== undefined));
  const rights = steps.map((step) => [step]);
  const keyOf = (all: readonly (readonly Comparable[])[]): string => all.map((each) => each.map(exactly).join('\n')).join('\n');
  if (keyOf(lefts) > keyOf(rights)) return pairsOf(rights, lefts).map(([one, two]) => [two, one]);
  return pairsOf(lefts, rights);
}

function pairsOf(left: readonly (readonly Comparable[])[], right: readonly (readonly Comparable[])[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  const between = (toLeft: number, toRight: number) => {
    for (const [a, b] of common(left.slice(i, toLeft), right.slice(j, toRight), roughly)) pairs.push([i + a, j + b]);
  };
  for (const [toLeft, toRight] of common(left, right, exactly)) {
    between(toLeft, toRight);
    pairs.push([toLeft, toRight]);
    [i, j] = [toLeft + 1, toRight + 1];
  }
  between(left.length, right.length);
  return pairs;
}

/** The longest common run, in order: of two that belong together one step has the key of another. */
function common(left: readonly (readonly Comparable[])[], right: readonly (readonly Comparable[])[], key: Key): readonly Pair[] {
  const keys = (all: readonly (readonly Comparable[])[]) => all.map((each) => each.map(key));
  const comparator = (one: readonly string[], other: readonly string[]): boolean => one.some((each) => other.includes(each));
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count = 0 } of diffArrays(keys(left), keys(right), { comparator })) {
    if (!added && !removed) for (let n = 0; n < count; n += 1) pairs.push([i + n, j + n]);
    if (!added) i += count;
    if (!removed) j += count;
  }
  return pairs;
}

/** The rows in their order; what only the story that joins has stands before the next of its steps that has a place. */
function woven(rows: readonly Row[], steps: readonly Comparable[], rowOf: ReadonlyMap<Comparable, Row>): readonly Row[] {
  const placed = new Set(rows);
  const before = new Map<Row, Row[]>();
  let waiting: Row[] = [];
  for (const step of steps) {
    const row = rowOf.get(step) as Row;
    if (!placed.has(row)) waiting.push(row);
    else {
      before.set(row, waiting);
      waiting = [];
    }
  }
  return [...rows.flatMap((row) => [...(before.get(row) ?? []), row]), ...waiting];
}
