/*
 * Saves what the page has: the trace as a file that `chatwire trace show` reads, and the ladder as a figure.
 */
import { eventLine, headerLine } from '../../tracer/file/index.js';
import { announce } from '../design/announcer.js';
import { strings } from '../strings.js';
import type { Ladder } from './ladder.js';
import type { LadderState } from './state.js';

/** A figure with more steps would be metres long. */
const MOST_STEPS = 1000;
/** So long the browser may take to begin reading what it saves, in milliseconds. */
const READ_WITHIN_MS = 60_000;

/** Saves the whole trace, filtered or not. */
export function saveTrace({ trace: { header, events } }: Ladder): void {
  save([headerLine(header), ...events.map(eventLine)], 'application/jsonl', 'jsonl');
}

/** Saves what is shown, as SVG. The part that draws it is fetched only now. */
export async function saveFigure(state: LadderState): Promise<void> {
  const { svg } = await import('../../tracer/export/svg/svg.js');
  const { shown, book } = state.ladder;
  const inSight = book.rows[state.firstInSight.value]?.step.number ?? 0;
  const isLong = shown.steps.length > MOST_STEPS;
  const from = isLong
    ? Math.max(
        0,
        shown.steps.findIndex(({ number }) => number >= inSight),
      )
    : 0;
  const steps = shown.steps.slice(from, from + MOST_STEPS);
  save([svg({ ...shown, steps })], 'image/svg+xml', 'svg');
  if (isLong) announce(strings.ladder.cutFigure(steps.length));
}

function save(parts: readonly string[], type: string, ending: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `chatwire-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN_MS);
  announce(strings.ladder.saved(link.download));
}
