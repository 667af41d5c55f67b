/*
 * The bytes of a step in hex, beside the fields in them (tracer/inspect). A field and its bytes light up together, by
 * pointer and by focus; where a field ends there is a bar, so that nothing hangs on a colour.
 */
import { useSignal } from '@preact/signals';
import { inspectStep } from '../../tracer/inspect/step-fields.js';
import type { ArrowStep, JoinedConnection } from '../../tracer/join/index.js';
import { flattened, rangeText, valueText } from '../../tracer/render/hex/field-rows.js';
import { strings } from '../strings.js';
import { dumpOf } from './dump.js';
import './bytes.css';

const words = strings.ladder;
/** A longer step is cut: each byte is an element on the page. */
const MOST_BYTES = 1024;
const MOST_FIELDS = 300;

interface Lit {
  readonly from: number;
  readonly to: number;
}
const NONE: Lit = { from: -1, to: -1 };

/** Bytes and fields. */
export function Bytes({ step, connection }: { readonly step: ArrowStep; readonly connection: JoinedConnection | undefined }) {
  const lit = useSignal<Lit>(NONE);
  const { fields, problem } = inspectStep(step, connection);
  const flat = flattened(fields, 0).slice(0, MOST_FIELDS);
  const leaves = flat.filter(({ field }) => !field.parts && field.length > 0).map(({ field }) => field);
  const { length } = step.bytes;
  const { from, to } = lit.value;
  return (
    <section aria-label={words.hex}>
      <h3>
        {words.hex} <small>{words.bytes(length)}</small>
      </h3>
      {length > MOST_BYTES && <p class="bytes-note">{words.cutBytes(MOST_BYTES)}</p>}
      <div class="bytes-dump" role="img" aria-label={`${words.hex}: ${words.bytes(length)}`}>
        {dumpOf(step.bytes.subarray(0, MOST_BYTES), step.masks, leaves).map(({ offset, cells }) => (
          <div key={offset}>
            <span class="bytes-offset">{offset.toString(16).padStart(4, '0')}</span>
            {cells.map(({ at, hex, leaf, begins }) => (
              <span key={at} class={cell(leaf, begins, at >= from && at < to)}>
                {hex}
              </span>
            ))}
            <span class="bytes-text">
              {cells.map(({ at, sign, leaf }) => (
                <span key={at} class={cell(leaf, false, at >= from && at < to)}>
                  {sign}
                </span>
              ))}
            </span>
          </div>
        ))}
      </div>
      {problem !== undefined && <p class="bytes-note">{words.problem(problem)}</p>}
      <table class="bytes-fields">
        <caption class="unseen">{words.fields}</caption>
        <thead>
          <tr>
            {words.fieldHeads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {flat.map(({ field, depth }, i) => {
            const leaf = leaves.indexOf(field);
            const range = { from: field.offset, to: field.offset + field.length };
            const light = () => {
              lit.value = range;
            };
            return (
              <tr
                key={i}
                class={from === range.from && to === range.to ? 'is-lit' : ''}
                onPointerEnter={light}
                onPointerLeave={() => (lit.value = NONE)}
              >
                <td>{rangeText(field)}</td>
                <td class={leaf < 0 ? '' : `field-${leaf % 5}`} style={{ paddingInlineStart: `${depth * 0.75}rem` }}>
                  {field.name}
                </td>
                <td>
                  <bdi>{valueText(field, step.masks)}</bdi> <small>{field.doc}</small>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function cell(leaf: number | undefined, begins: boolean, isLit: boolean): string {
  return [leaf === undefined ? '' : `field-${leaf % 5}`, begins ? 'begins' : '', isLit ? 'is-lit' : '']
    .filter((name) => name !== '')
    .join(' ');
}
