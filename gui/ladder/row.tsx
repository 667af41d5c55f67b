/*
 * The text of one row: its number and time at the margin, and what it says where its arrow is. The lines are drawn by
 * lines.tsx.
 */
import { Fragment } from 'preact';
import type { Row as LadderRow } from '../../tracer/layout/index.js';
import { spelledOut } from '../../tracer/render/spelled-out.js';
import { type Places, textBoxOf } from './places.js';
import type { Piece } from './row-text.js';
import { Words } from './words.js';
import './row.css';

/** What a row is drawn from. */
export interface RowProps {
  readonly id: string;
  readonly index: number;
  readonly count: number;
  readonly row: LadderRow;
  readonly time: string;
  readonly places: Places;
  readonly pieces: readonly Piece[];
  readonly place: string;
  readonly isChosen: boolean;
}

/** One row. */
export function Row({ id, index, count, row, time, places, pieces, place, isChosen }: RowProps) {
  const { step } = row;
  const { left, width, align } = textBoxOf(step, places);
  const lane = step.kind === 'arrow' && step.outcome === 'lost' ? 'trouble' : step.lane;
  const number = row.kind === 'arrival' ? `(${step.number})` : `${step.number}`;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus, and says which option is active
    <div
      id={id}
      class={`ladder-row ladder-${row.kind} lane-${lane}`}
      role="option"
      aria-selected={isChosen}
      aria-posinset={index + 1}
      aria-setsize={count}
      data-row={index}
      style={{ top: `${index * places.rowHeight}px`, height: `${places.rowHeight}px` }}
    >
      <span class="ladder-margin" style={{ width: `${places.left}px` }}>
        <span class="ladder-number">{number}</span> <span class="ladder-time">{time}</span>{' '}
        {row.phase?.begins && <span class="ladder-phase">{row.phase.name}</span>}
      </span>{' '}
      <span class="unseen">{place}</span>
      {pieces.length > 0 && (
        <span class={`ladder-text ladder-${align}`} style={{ left: `${left}px`, width: `${width}px` }}>
          <span class="ladder-said" title={step.kind === 'note' ? spelledOut(step.words) : undefined}>
            {pieces.map(({ text, look }, i) => (
              // the pieces of a row never change places; the space is the row's, since in a right-to-left name it would stand at its left
              <Fragment key={i}>
                <bdi class={`piece-${look}`}>
                  <Words text={text} />
                </bdi>{' '}
              </Fragment>
            ))}
          </span>
        </span>
      )}
    </div>
  );
}
