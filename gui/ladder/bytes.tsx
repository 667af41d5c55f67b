/*
 * The bytes of a step in hex, beside the fields in them (tracer/inspect). A field and its bytes light up together: by
 * pointer from either, by keyboard from the fields, of which one has Tab's focus and arrow keys go to the others. Where a
 * field ends there is a bar, so that nothing hangs on a colour.
 */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DissectedField } from '../../lib/wire/dissect.js';
import { inspectStep } from '../../tracer/inspect/step-fields.js';
import type { ArrowStep, JoinedConnection } from '../../tracer/join/index.js';
import { flattened, rangeText, valueText } from '../../tracer/render/hex/field-rows.js';
import { strings } from '../strings.js';
import { dumpOf } from './dump.js';
import { goes } from './keys.js';
import './bytes.css';

const words = strings.ladder;
/** A longer step is cut: each byte is an element on the page. */
const MOST_BYTES = 1024;
const MOST_FIELDS = 300;
/** So many fields a page key goes on. */
const PAGE = 8;

interface Lit {
  readonly from: number;
  readonly to: number;
}
const NONE: Lit = { from: -1, to: -1 };

/** Bytes and fields. */
export function Bytes({ step, connection }: { readonly step: ArrowStep; readonly connection: JoinedConnection | undefined }) {
  const lit = useSignal<Lit>(NONE);
  /** The field that has the focus, or would get it. */
  const reached = useSignal(0);
  useEffect(() => {
    reached.value = 0;
  }, [step]);
  const { fields, problem } = inspectStep(step, connection);
  const flat = flattened(fields, 0).slice(0, MOST_FIELDS);
  const leaves = flat.filter(({ field }) => !field.parts && field.length > 0).map(({ field }) => field);
  const { length } = step.bytes;
  const { from, to } = lit.value;
  const dark = () => {
    lit.value = NONE;
  };
  const byte = (leaf: number | undefined, begins: boolean, at: number) => ({
    class: cell(leaf, begins, at >= from && at < to),
    onPointerEnter: () => {
      lit.value = leaf === undefined ? NONE : rangeOf(leaves[leaf] as DissectedField);
    },
  });
  return (
    <section aria-label={words.hex}>
      <h3>
        {words.hex} <small>{words.bytes(length)}</small>
      </h3>
      {length > MOST_BYTES && <p class="bytes-note">{words.cutBytes(MOST_BYTES)}</p>}
      <div class="bytes-dump" role="img" aria-label={`${words.hex}: ${words.bytes(length)}`} onPointerLeave={dark}>
        {dumpOf(step.bytes.subarray(0, MOST_BYTES), step.masks, leaves).map(({ offset, cells, missing }) => (
          <div key={offset}>
            <span class="bytes-offset">{offset.toString(16).padStart(4, '0')}</span>
            {cells.map(({ at, hex, leaf, begins }) => (
              <span key={at} {...byte(leaf, begins, at)}>
                {hex}
              </span>
            ))}
            {Array.from({ length: missing }, (_, i) => (
              <span key={`no ${i}`}>{'  '}</span>
            ))}
            <span class="bytes-text">
              {cells.map(({ at, sign, leaf }) => (
                <span key={at} {...byte(leaf, false, at)}>
                  {sign}
                </span>
              ))}
            </span>
          </div>
        ))}
      </div>
      {problem !== undefined && <p class="bytes-note">{words.problem(problem)}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys go through its rows */}
      <table class="bytes-fields" role="grid" aria-label={words.fields}>
        <thead>
          <tr>
            {words.fieldHeads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={(event) => goTo(event, flat.length)}>
          {flat.map(({ field, depth }, i) => {
            const leaf = leaves.indexOf(field);
            const range = rangeOf(field);
            const light = () => {
              lit.value = range;
            };
            return (
              <tr
                key={i}
                class={from === range.from && to === range.to ? 'is-lit' : ''}
                tabIndex={i === reached.value ? 0 : -1}
                onPointerEnter={light}
                onPointerLeave={dark}
                onFocus={() => {
                  reached.value = i;
                  light();
                }}
                onBlur={dark}
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

function rangeOf({ offset, length }: DissectedField): Lit {
  return { from: offset, to: offset + length };
}

/** Arrow keys go from field to field, as they go through the ladder's rows. */
function goTo(event: KeyboardEvent & { readonly currentTarget: HTMLElement }, count: number): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...event.currentTarget.children] as HTMLElement[];
  const to = goes(event.key, rows.indexOf(event.target as HTMLElement), { count, page: PAGE, first: 0 });
  if (to === undefined) return;
  event.preventDefault();
  rows[to]?.focus();
}

function cell(leaf: number | undefined, begins: boolean, isLit: boolean): string {
  return [leaf === undefined ? '' : `field-${leaf % 5}`, begins ? 'begins' : '', isLit ? 'is-lit' : '']
    .filter((name) => name !== '')
    .join(' ');
}
