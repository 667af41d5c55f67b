/*
 * What the page's script shows of each step: its sentence and reason, its masked bytes, and the fields in them. Everything
 * in it was made fit to be shown; the script only lays it out.
 */
import { inspectStep } from '../../inspect/step-fields.js';
import type { Step, Story } from '../../join/story.js';
import { remarksOn, wordsBehind } from '../../layout/index.js';
import { flattened, rangeText, valueText } from '../../render/hex/field-rows.js';
import { fit } from '../svg/metrics.js';

/** A step for the page. */
export interface Inspection {
  readonly number: number;
  readonly title: string;
  readonly why: string;
  /** The bytes in hex; none: empty. */
  readonly hex: string;
  /** The places of masks, each from a byte up to, not including, another. */
  readonly masks: readonly (readonly [number, number])[];
  readonly fields: readonly FieldView[];
  /** Why not all of it can be read. */
  readonly problem?: string;
}

/** A field for the page: its place, how deep it is nested, and what it says. */
export interface FieldView {
  readonly at: number;
  readonly length: number;
  readonly range: string;
  readonly depth: number;
  readonly name: string;
  readonly value: string;
  readonly doc: string;
  /** It consists of others. */
  readonly parts: boolean;
}

/** What there is to show of some steps. */
export function inspections(steps: readonly Step[], { connections }: Story): readonly Inspection[] {
  const byId = new Map(connections.map((connection) => [connection.id, connection]));
  return steps.map((step) => {
    const { number } = step;
    if (step.kind === 'note') return { number, title: fit(step.words), why: '', hex: '', masks: [], fields: [] };
    const remarks = step.kind === 'arrow' ? remarksOn(step) : [];
    const title = fit([step.label, wordsBehind(step), ...remarks].filter((text) => text !== '').join(' '));
    const said = { number, title, why: fit(step.why) };
    if (step.kind === 'mark') return { ...said, hex: '', masks: [], fields: [] };
    const { fields, problem } = inspectStep(step, byId.get(step.connection));
    return {
      ...said,
      hex: Array.from(step.bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
      masks: step.masks.map(({ from, to }) => [from, to] as const),
      fields: flattened(fields, 0).map(({ field, depth }) => ({
        at: field.offset,
        length: field.length,
        range: rangeText(field),
        depth,
        name: fit(field.name),
        value: fit(valueText(field, step.masks)),
        doc: fit(field.doc),
        parts: field.parts !== undefined,
      })),
      ...(problem !== undefined && { problem: fit(problem) }),
    };
  });
}
