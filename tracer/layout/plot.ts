/*
 * Steps to rows: on which row an arrow leaves and on which it arrives. Read from above to below, every life line tells
 * its own events in the order of time. An arrow is drawn straight, leaving and arriving on one row, wherever that keeps
 * this order; it slants where something else happened at its receiver before it came, or where its way took long. Only
 * layers are not told from each other: a frame may stand straight above the segment that carries it, though it has
 * arrived when the segment has.
 * Pure, and incremental: rows are given out as soon as nothing that comes later could change them.
 */
import type { ArrowStep, MarkStep, NoteStep, Step } from '../join/story.js';
import { type Phase, phaseTeller } from './phase.js';

/** A row of the ladder. */
export type Row = ArrowRow | ArrivalRow | MarkRow | NoteRow;

interface Timed {
  /** Nanoseconds since the trace's start, on this row. */
  readonly at: number;
  readonly phase?: Phase;
}

/** An arrow leaves; and arrives here, on a later row, or never. */
export interface ArrowRow extends Timed {
  readonly kind: 'arrow';
  readonly step: ArrowStep;
  readonly arrives: 'here' | 'later' | 'never';
}

/** An arrow that left on an earlier row arrives. */
export interface ArrivalRow extends Timed {
  readonly kind: 'arrival';
  readonly step: ArrowStep;
}

/** Something happens at one actor. */
export interface MarkRow extends Timed {
  readonly kind: 'mark';
  readonly step: MarkStep;
}

/** A sentence. */
export interface NoteRow extends Timed {
  readonly kind: 'note';
  readonly step: NoteStep;
}

/** How rows are made. */
export interface PlotOptions {
  /** An arrow that is on its way for so long is slanted in any case. Default: 5 ms. */
  readonly noticeableMs?: number;
}

/** Takes steps in the order of the story and gives rows. */
export interface Plotter {
  /** The rows that are certain now. */
  add(step: Step): readonly Row[];
  /** All that was held back: no step comes any more, or none for so long that one should not wait. */
  rest(): readonly Row[];
}

const DEFAULT_NOTICEABLE_MS = 5;
const NS_PER_MS = 1e6;

/** Makes a plotter. */
export function plotter({ noticeableMs = DEFAULT_NOTICEABLE_MS }: PlotOptions = {}): Plotter {
  const waiting: Step[] = [];
  let onTheWay: { readonly step: ArrowStep; readonly at: number; readonly phase: Phase | undefined }[] = [];
  const phaseOf = phaseTeller();

  /** What arrives up to a time, in the order of arrival. */
  const arrivals = (until: number): Row[] => {
    const due = onTheWay.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.step.number - b.step.number);
    onTheWay = onTheWay.filter(({ at }) => at > until);
    return due.map(({ step, at, phase }) => ({ kind: 'arrival', step, at, ...(phase && { phase: { ...phase, begins: false } }) }));
  };

  const place = (step: Step, later: readonly Step[]): Row[] => {
    const before = arrivals(step.at);
    if (step.kind === 'note') return [...before, { kind: 'note', step, at: step.at }];
    if (step.kind === 'mark') return [...before, { kind: 'mark', step, at: step.at }];
    const phase = phaseOf(step);
    const arrives = wayOf(step, later);
    if (arrives === 'later') onTheWay.push({ step, at: step.receivedAt as number, phase });
    return [...before, { kind: 'arrow', step, arrives, at: step.at, ...(phase && { phase }) }];
  };

  const wayOf = (step: ArrowStep, later: readonly Step[]): ArrowRow['arrives'] => {
    if (step.outcome === 'lost') return 'never';
    const way = wayOfBoth(step);
    if (way === undefined) return 'here';
    if (way.took >= noticeableMs * NS_PER_MS) return 'later';
    const overtaken = onTheWay.some((other) => other.step.to === step.to && other.at < way.until && !isOtherLayer(other.step, step));
    const isLate = overtaken || later.some((other) => happensAt(other, step.to, way.until) && !isOtherLayer(other, step));
    return isLate ? 'later' : 'here';
  };

  const isCertain = (step: Step, now: number): boolean => {
    const way = step.kind === 'arrow' && step.outcome !== 'lost' ? wayOfBoth(step) : undefined;
    return way === undefined || now >= way.until || way.took >= noticeableMs * NS_PER_MS;
  };

  const take = (isReady: (step: Step) => boolean): Row[] => {
    const rows: Row[] = [];
    for (let [head] = waiting; head !== undefined && isReady(head); [head] = waiting) {
      waiting.shift();
      rows.push(...place(head, waiting));
    }
    return rows;
  };

  return {
    add(step) {
      waiting.push(step);
      return take((head) => isCertain(head, step.at));
    },
    rest() {
      return [...take(() => true), ...arrivals(Number.POSITIVE_INFINITY)];
    },
  };
}

/** From when to when an arrow is on its way, if both are known. */
function wayOfBoth({ sentAt, receivedAt, from, to }: ArrowStep): { readonly took: number; readonly until: number } | undefined {
  if (sentAt === undefined || receivedAt === undefined || from === to) return undefined;
  return { took: receivedAt - sentAt, until: receivedAt };
}

/** Whether two arrows go the same way on different layers of one connection, where one carries the other. */
function isOtherLayer(other: Step, step: ArrowStep): boolean {
  if (other.kind !== 'arrow' || other.lane === step.lane || other.connection !== step.connection) return false;
  return other.from === step.from && other.to === step.to;
}

/** Whether a step has an event at an actor before a time. */
function happensAt(step: Step, actor: string, before: number): boolean {
  if (step.kind === 'note') return false;
  if (step.kind === 'mark') return step.actor === actor && step.at < before;
  if (step.from === actor && (step.sentAt ?? step.at) < before) return true;
  return step.to === actor && step.outcome !== 'lost' && (step.receivedAt ?? step.at) < before;
}
