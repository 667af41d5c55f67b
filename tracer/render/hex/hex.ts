/*
 * The frame inspector: the bytes of a step as hex, and beside them every field with its place, its value and its meaning.
 * A bar in the hex shows where a field ends, so that nothing hangs on the colours.
 */

import { inspectStep } from '../../inspect/step-fields.js';
import type { ArrowStep, JoinedConnection, Step } from '../../join/story.js';
import { blankRow, type CanvasRow, rowText } from '../canvas.js';
import { fitting, wrapTo } from '../fit-text.js';
import type { ViewOptions } from '../options.js';
import { paint, type Style } from '../paint.js';
import { dumpRows, dumpWidth } from './dump.js';
import { fieldRows, flattened } from './field-rows.js';

/** How the inspector looks. */
export interface HexOptions extends Pick<ViewOptions, 'columns' | 'ascii' | 'colours'> {
  /** The step's connection: it tells who sends. Without it that is guessed. */
  readonly connection?: JoinedConnection | undefined;
}

/** Fields that stand beside each other differ in colour. */
const FIELD_STYLES: readonly Style[] = ['frames', 'again', 'segments', 'states', 'notes'];
const GAP = 3;
const SMALLEST_FIELDS = 48;

/** The bytes and the fields of a step; nothing, if it has no bytes. */
export function hexLines(step: Step, options: HexOptions): string[] {
  if (step.kind !== 'arrow' || step.bytes.length === 0) return [];
  const { ascii = false, columns } = options;
  const fit = fitting(ascii);
  const colour = paint(options.colours);
  const { fields, problem } = inspectStep(step, options.connection);
  const leaves = flattened(fields, 0).filter(({ field }) => !field.parts && field.length > 0);
  const borders = new Set(leaves.flatMap(({ field }) => [field.offset, field.offset + field.length]));
  const styleAt = (offset: number): Style => {
    const index = leaves.findIndex(({ field }) => offset >= field.offset && offset < field.offset + field.length);
    return index < 0 ? 'plain' : (FIELD_STYLES[index % FIELD_STYLES.length] as Style);
  };
  const perRow = [16, 8].find((count) => dumpWidth(count) + GAP + SMALLEST_FIELDS <= columns);
  const stackedPerRow = [16, 8, 4, 2, 1].find((count) => dumpWidth(count) <= columns) ?? 1;
  const dump = dumpRows({ bytes: step.bytes, masks: step.masks, borders, styleAt, perRow: perRow ?? stackedPerRow, ascii });
  const width = perRow === undefined ? columns : columns - dumpWidth(perRow) - GAP;
  const found = fieldRows(fields, { masks: step.masks, width, fit, styleAt });
  const rows =
    perRow === undefined ? [...dump, ...(found.length > 0 ? [blankRow(0)] : []), ...found] : sideBySide(dump, found, dumpWidth(perRow));
  return [
    ...wrapTo(fit(titleOf(step)), columns).map((line) => colour(line, 'strong')),
    ...rows.map((row) => rowText(row.slice(0, columns), colour)),
    ...(problem === undefined ? [] : wrapTo(fit(`Not all of it can be read: ${problem}.`), columns).map((line) => colour(line, 'trouble'))),
  ];
}

function titleOf({ number, label, words, bytes }: ArrowStep): string {
  return `${number} ${[label, words].filter((text) => text !== '').join(' ')} · ${bytes.length} bytes`;
}

function sideBySide(left: readonly CanvasRow[], right: readonly CanvasRow[], leftWidth: number): readonly CanvasRow[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [
    ...(left[i] ?? blankRow(leftWidth)),
    ...blankRow(GAP),
    ...(right[i] ?? []),
  ]);
}
