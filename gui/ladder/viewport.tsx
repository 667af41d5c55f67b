/*
 * The ladder as one scrolls through it: heads that stay, and of the rows only those in sight. Rows are options of a list
 * box, so that arrow keys and screen readers go through them.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { deltaText, timeText } from '../../tracer/layout/index.js';
import { strings } from '../strings.js';
import { Heads } from './heads.js';
import { goes } from './keys.js';
import { Lines } from './lines.js';
import { placesOf } from './places.js';
import { Row } from './row.js';
import { piecesOf, placeInWords, tagging } from './row-text.js';
import { isAtEnd, type Sight, scrolledTo, stepAt, windowOf } from './row-window.js';
import type { LadderState } from './state.js';
import './viewport.css';

const HEADS_REM = 2.5;

/** The ladder; `onOpen` is told that somebody wants to see the chosen row. */
export function Viewport({ state, onOpen }: { readonly state: LadderState; readonly onOpen: () => void }) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSignal({ width: 0, height: 0, rem: 16 });
  /** By which row the window stands: a frame of scrolling that leads to the same rows draws nothing anew. */
  const step = useSignal(0);
  /** Whether new rows are followed: the last one was in sight. */
  const follows = useRef(true);
  void state.version.value;
  const count = state.count.value;
  const { ladder } = state;
  const { book } = ladder;
  const { width, height, rem } = size.value;
  const heads = HEADS_REM * rem;
  const actors = ladder.shownActors;
  const places = placesOf(actors, width, rem);
  const sight: Sight = { top: step.value * places.rowHeight, height: height - heads, rowHeight: places.rowHeight, count };
  const shown = windowOf(sight);
  const chosen = state.row.value;

  useLayoutEffect(() => {
    const element = scroller.current as HTMLDivElement;
    const measure = () => {
      const now = {
        width: element.clientWidth,
        height: element.clientHeight,
        rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
      };
      const { value } = size;
      if (now.width !== value.width || now.height !== value.height || now.rem !== value.rem) size.value = now;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.documentElement);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current as HTMLDivElement;
    if (follows.current && state.status.value !== 'file' && state.pausedAt.value === undefined) element.scrollTop = element.scrollHeight;
    step.value = stepAt(element.scrollTop, places.rowHeight);
  }, [count, width, height, rem]);

  // a file is read from its beginning, and what is live from its end
  useLayoutEffect(() => {
    const isFile = state.status.value === 'file';
    follows.current = !isFile;
    if (isFile) (scroller.current as HTMLDivElement).scrollTop = 0;
  }, [ladder.header]);

  // whoever chooses a row wants to see it
  useEffect(() => {
    const element = scroller.current as HTMLDivElement;
    if (chosen === undefined) return;
    const to = scrolledTo(chosen, { ...sight, top: element.scrollTop });
    if (to !== element.scrollTop) element.scrollTop = to;
  }, [chosen, height]);

  const scrolled = () => {
    const element = scroller.current as HTMLDivElement;
    step.value = stepAt(element.scrollTop, places.rowHeight);
    follows.current = isAtEnd({ ...sight, top: element.scrollTop });
    state.firstInSight.value = Math.floor(element.scrollTop / places.rowHeight);
  };

  const pressed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (chosen !== undefined) onOpen();
      return;
    }
    const to = goes(event.key, chosen, {
      count,
      page: Math.max(1, Math.floor(sight.height / places.rowHeight) - 1),
      first: state.firstInSight.value,
    });
    if (to === undefined) return;
    event.preventDefault();
    state.row.value = to;
    if (state.panel.value.kind === 'step') onOpen();
  };

  const clicked = (event: MouseEvent) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset.row;
    if (row === undefined) return;
    state.row.value = Number(row);
    onOpen();
  };

  const tagOf = tagging(ladder.connections);
  const rows = book.rows.slice(shown.first, shown.end);
  const isDelta = state.time.value === 'delta';
  return (
    <div class="ladder-scroll" ref={scroller} onScroll={scrolled} style={{ '--heads': `${heads}px` }}>
      {count > 0 && <Heads places={places} />}
      {count > 0 && (
        <div
          class="ladder-rows"
          role="listbox"
          aria-label={strings.ladder.rows}
          aria-describedby={`${id}-keys`}
          tabIndex={0}
          style={{ height: `${count * places.rowHeight}px` }}
          onKeyDown={pressed}
          onClick={clicked}
          {...(chosen !== undefined && chosen >= shown.first && chosen < shown.end && { 'aria-activedescendant': `${id}-${chosen}` })}
        >
          <Lines book={book} places={places} window={shown} />
          {rows.map((row, i) => {
            const index = shown.first + i;
            const before = book.rows[index - 1]?.at ?? row.at;
            return (
              <Row
                key={index}
                id={`${id}-${index}`}
                index={index}
                count={count}
                row={row}
                time={isDelta ? deltaText(row.at - before) : timeText(row.at)}
                places={places}
                pieces={piecesOf(row, places.columns, actors, tagOf)}
                place={placeInWords(row, actors)}
                isChosen={index === chosen}
              />
            );
          })}
        </div>
      )}
      <span class="unseen" id={`${id}-keys`}>
        {strings.ladder.keys}
      </span>
    </div>
  );
}
