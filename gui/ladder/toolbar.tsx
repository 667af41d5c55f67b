/*
 * What can be done with the trace as a whole: stop it, filter it, open another, save it.
 */
import { useRef } from 'preact/hooks';
import { announce } from '../design/announcer.js';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { openFile } from './open-file.js';
import { saveFigure, saveTrace } from './save.js';
import type { LadderState } from './state.js';
import './toolbar.css';

const words = strings.ladder;

/** The bar above the ladder. */
export function Toolbar({
  state,
  isFiltering,
  onFilter,
  onLive,
}: {
  readonly state: LadderState;
  readonly isFiltering: boolean;
  readonly onFilter: () => void;
  readonly onLive: () => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  void state.version.value;
  const { book, counts } = state.ladder;
  const pausedAt = state.pausedAt.value;
  const status = state.status.value;
  const isLive = status !== 'file' && status !== 'none' && status !== 'refused';
  const pause = () => {
    state.pausedAt.value = pausedAt === undefined ? book.rows.length : undefined;
    announce(pausedAt === undefined ? words.paused : words.going);
  };
  return (
    <div class="ladder-bar">
      <div class="ladder-tools" role="toolbar" aria-label={words.tools}>
        {isLive && (
          <Button look={pausedAt === undefined ? 'plain' : 'primary'} onClick={pause}>
            {pausedAt === undefined ? words.pause : words.goOn(book.rows.length - pausedAt)}
          </Button>
        )}
        <Button aria-expanded={isFiltering} onClick={onFilter}>
          {words.filter}
        </Button>
        <Button onClick={() => picker.current?.click()}>{words.open}</Button>
        {status === 'file' && <Button onClick={onLive}>{words.live}</Button>}
        <Button disabled={counts.all === 0} onClick={() => saveTrace(state.ladder)}>
          {words.saveTrace}
        </Button>
        <Button disabled={counts.shown === 0} onClick={() => void saveFigure(state)}>
          {words.saveFigure}
        </Button>
        <input
          ref={picker}
          class="unseen"
          type="file"
          accept=".jsonl,application/jsonl,application/x-ndjson"
          tabIndex={-1}
          aria-label={words.open}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) void openFile(state, file);
            currentTarget.value = '';
          }}
        />
      </div>
      <span class={`ladder-status status-${status}`}>
        {words.status[status]} · {words.steps(counts.shown, counts.all)}
      </span>
    </div>
  );
}
