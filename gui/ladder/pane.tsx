/*
 * The ladder as a part of a page: on its own page, or beside the chat. It fills the room that it is given, so its parent
 * must have a height; the page must have the live region of the top bar.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Notice } from '../design/notice.js';
import { strings } from '../strings.js';
import { FilterBar } from './filter-bar.js';
import { openFile } from './open-file.js';
import { SidePanel } from './side-panel.js';
import { LadderState, type Status } from './state.js';
import { Toolbar } from './toolbar.js';
import { traceToken } from './trace-token.js';
import { Viewport } from './viewport.js';
import './pane.css';

const words = strings.ladder;

/** The ladder of the server's live trace, or of a file that is opened in it. */
export function LadderPane() {
  const state = useMemo(() => new LadderState(), []);
  const isFiltering = useSignal(false);
  const isDropping = useSignal(false);
  const goLive = () => state.goLive(traceToken());
  useEffect(() => {
    goLive();
    return () => state.close();
  }, []);

  void state.version.value;
  const { counts } = state.ladder;
  const { value: status } = state.status;
  const { value: sentence } = state.sentence;
  const open = () => {
    const step = state.chosenStep;
    if (step) state.panel.value = { kind: 'step', step: step.number };
  };
  const close = () => {
    state.panel.value = { kind: 'none' };
    document.querySelector<HTMLElement>('.ladder-rows')?.focus({ preventScroll: true });
  };
  const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is the button's work, done by pointer
    <div
      class={`ladder${isDropping.value ? ' is-dropping' : ''}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || state.panel.value.kind === 'none') return;
        event.preventDefault(); // it closes the panel, and not what stands beside the ladder, too
        close();
      }}
      onDragOver={(event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        isDropping.value = true;
      }}
      onDragLeave={(event) => {
        if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null)) isDropping.value = false;
      }}
      onDrop={(event) => {
        isDropping.value = false;
        const [file] = event.dataTransfer?.files ?? [];
        if (!file) return;
        event.preventDefault();
        void openFile(state, file);
      }}
    >
      <Toolbar
        state={state}
        isFiltering={isFiltering.value}
        onFilter={() => {
          isFiltering.value = !isFiltering.value;
        }}
        onLive={goLive}
      />
      {isFiltering.value && <FilterBar state={state} />}
      {sentence !== '' && (
        <Notice
          kind={status === 'refused' ? 'bad' : 'warn'}
          onClose={() => {
            state.sentence.value = '';
          }}
        >
          {sentence}
        </Notice>
      )}
      {counts.dropped > 0 && <Notice>{words.dropped}</Notice>}
      <div class="ladder-body">
        <Viewport state={state} onOpen={open} />
        <SidePanel state={state} onClose={close} />
        {counts.shown === 0 && <p class="ladder-empty">{counts.all > 0 ? words.nothingFits : emptyWords(status)}</p>}
      </div>
      {isDropping.value && <div class="ladder-drop">{words.dropHere}</div>}
    </div>
  );
}

/** Why there is nothing. */
function emptyWords(status: Status): string {
  if (status === 'none') return words.noTrace;
  return status === 'refused' ? words.refused : words.nothingYet;
}
