/*
 * The lines of the rows in the window, in one drawing: life lines, arrows that slope as long as they took, broken ones,
 * marks, brackets of phases, and links from what is sent again to where it was first.
 */
import type { ArrowRow, Bracket } from '../../tracer/layout/index.js';
import { ARRIVAL_AT, ARROW_AT, endsOf, LOST_AT, type Places } from './places.js';
import type { RowBook } from './row-book.js';
import type { RowWindow } from './row-window.js';
import './lines.css';

/** An arrow's head, in rem: long and half as wide at each side. */
const TIP_REM = 0.7;
/** A link that is longer would only cross everything; its row says where the first one is. */
const LONGEST_LINK_ROWS = 60;
const LINK_REACH = 26;

/** Draws a window; its rows count from `end`. */
export function Lines({
  book,
  places,
  window: { first, end },
}: {
  readonly book: RowBook;
  readonly places: Places;
  readonly window: RowWindow;
}) {
  const { width, rowHeight, lines } = places;
  const height = Math.max(0, end - first) * rowHeight;
  const top = (row: number) => (row - first) * rowHeight;
  const arrivalOf = ({ arrives, step }: ArrowRow) =>
    arrives === 'later' ? top(book.arrivalOf(step.number) as number) + rowHeight * ARRIVAL_AT : undefined;
  return (
    <svg class="ladder-lines" aria-hidden="true" width={width} height={height} style={{ top: `${first * rowHeight}px` }}>
      {lines.map((x) => (
        <path key={x} class="life" d={`M${x} 0V${height}`} />
      ))}
      {book.linesIn(first, end).map((at) => {
        const row = book.rows[at];
        if (!row) return null;
        const bracket = at >= first ? book.bracketAt(at) : undefined;
        if (row.kind !== 'arrow' && row.kind !== 'mark' && !bracket) return null;
        return (
          <g key={at}>
            {bracket && <path class="phase" d={pathOf(bracket, top(at), rowHeight)} />}
            {row.kind === 'mark' && (
              <circle
                class={`dot lane-${row.step.lane}`}
                cx={endsOf(row.step, places)[0]}
                cy={top(at) + rowHeight / 2}
                r={places.rem * 0.33}
              />
            )}
            {row.kind === 'arrow' && (
              <>
                <Link row={row} at={at} book={book} places={places} top={top} />
                <Arrow row={row} y={top(at) + rowHeight * ARROW_AT} until={arrivalOf(row)} places={places} />
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function Arrow({
  row,
  y,
  until = y,
  places,
}: {
  readonly row: ArrowRow;
  readonly y: number;
  readonly until?: number | undefined;
  readonly places: Places;
}) {
  const { lane, outcome, basis } = row.step;
  const [from, to] = endsOf(row.step, places);
  const own = `lane-${outcome === 'lost' || outcome === 'corrupted' ? 'trouble' : lane}`;
  if (from === to) return <circle class={`dot ${own}`} cx={from} cy={y} r={places.rem * 0.28} />;
  if (row.arrives === 'never') {
    const end = from + (to - from) * LOST_AT;
    return <path class={`line ${own}`} d={`M${from} ${y}H${end}M${end - 6} ${y - 6}l12 12m0-12l-12 12`} />;
  }
  const tip = TIP_REM * places.rem;
  const angle = Math.atan2(until - y, to - from);
  const [endX, endY] = [to - Math.cos(angle) * 2, until - Math.sin(angle) * 2];
  const corner = (side: number) =>
    `${px(endX - Math.cos(angle) * tip - Math.sin(angle) * (tip / 2) * side)} ${px(endY - Math.sin(angle) * tip + Math.cos(angle) * (tip / 2) * side)}`;
  const path = `M${from} ${y}L${px(endX - Math.cos(angle) * tip * 0.8)} ${px(endY - Math.sin(angle) * tip * 0.8)}`;
  const dashed = outcome === 'unseen' || basis !== 'observed' ? ' dashed' : '';
  return (
    <>
      <path class={`line${dashed}${outcome === 'duplicate' ? ' wide' : ''} ${own}`} d={path} />
      {outcome === 'duplicate' && <path class="line gap" d={path} />}
      <path class={`tip ${own}`} d={`M${px(endX)} ${px(endY)}L${corner(1)}L${corner(-1)}z`} />
    </>
  );
}

/** A curve beside the life line, from a repetition up to what it repeats. */
function Link({
  row,
  at,
  book,
  places,
  top,
}: {
  readonly row: ArrowRow;
  readonly at: number;
  readonly book: RowBook;
  readonly places: Places;
  readonly top: (row: number) => number;
}) {
  const first = row.step.repeats && book.rowOf(row.step.repeats.step);
  if (first === undefined || first >= at || at - first > LONGEST_LINK_ROWS) return null;
  const [x, to] = endsOf(row.step, places);
  const side = to > x ? -1 : 1;
  const [y, up] = [at, first].map((one) => top(one) + places.rowHeight * ARROW_AT) as [number, number];
  const [out, end] = [x + side * LINK_REACH, x + side * 5];
  return (
    <>
      <path class="link" d={`M${x + side * 2} ${y}C${out} ${y} ${out} ${up + 5} ${end} ${up + 1}`} />
      <path class="tip link-tip" d={`M${end + side * 5.5} ${up + 1}L${end - side} ${up}L${end} ${up + 7}z`} />
    </>
  );
}

function pathOf({ begins, ends }: Bracket, y: number, height: number): string {
  return `${begins ? `M8 ${y + 4}H3` : `M3 ${y}`}${ends ? `V${y + height - 4}H8` : `V${y + height}`}`;
}

function px(value: number): number {
  return Math.round(value * 10) / 10;
}
