/*
 * The transcript on the page: follows its end for whoever is there, and stands still for whoever reads further up.
 */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import type { Chat } from './chat.js';
import { EntryRow } from './entry-row.js';
import { isOnline } from './online.js';
import { OwnState } from './own-state.js';
import { SaidText } from './said-text.js';
import './transcript.css';
import { Window } from './window.js';

/** So near an edge the window moves on, in pixels. */
const NEAR_PX = 400;
/** So near the end counts as being there. */
const AT_END_PX = 24;

/** The transcript. */
export function TranscriptView({ chat }: { readonly chat: Chat }) {
  const { transcript, link } = chat;
  const scroller = useRef<HTMLDivElement>(null);
  const view = useMemo(() => new Window(), []);
  /** A row and where it stood, to be put there again. */
  const held = useRef<{ readonly row: string; readonly top: number } | undefined>(undefined);
  const lastTop = useRef(0);
  transcript.version.value; // drawn anew when it changes
  const { entries, pending } = transcript;
  const { rows, below } = view.over(entries);
  const isFollowing = view.from.value === undefined;
  const firstUnread = transcript.unread.firstId.value;

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (isFollowing) box.scrollTop = box.scrollHeight;
    else if (held.current) {
      const row = box.querySelector(`[data-entry="${held.current.row}"]`);
      if (row) box.scrollTop += row.getBoundingClientRect().top - held.current.top;
      held.current = undefined;
    }
  });

  // another width or size of type moves the end, and an input that grows does
  useEffect(() => {
    const box = scroller.current as HTMLDivElement;
    const observer = new ResizeObserver(() => {
      if (view.from.peek() === undefined) box.scrollTop = box.scrollHeight;
    });
    for (const each of [box, ...box.children]) observer.observe(each);
    return () => observer.disconnect();
  }, [view]);

  const move = (direction: -1 | 1) => {
    const box = scroller.current as HTMLDivElement;
    const edge = box.getBoundingClientRect().top;
    const row = [...box.querySelectorAll<HTMLElement>('[data-entry]')].find((each) => each.getBoundingClientRect().bottom > edge);
    if (view.move(entries, direction) && row) held.current = { row: row.dataset.entry as string, top: row.getBoundingClientRect().top };
  };
  const scrolled = () => {
    const box = scroller.current as HTMLDivElement;
    const toEnd = box.scrollHeight - box.scrollTop - box.clientHeight;
    const isUpward = box.scrollTop < lastTop.current;
    lastTop.current = box.scrollTop;
    if (toEnd <= AT_END_PX && below === 0) return view.follow();
    if (isFollowing && isUpward && toEnd > AT_END_PX) view.stay(entries);
    if (view.from.peek() === undefined) return;
    if (box.scrollTop < NEAR_PX && rows[0] !== entries[0]) move(-1);
    else if (toEnd < NEAR_PX && below > 0) move(1);
  };

  const sendState = link.value.name === 'up' && isOnline.value ? strings.chat.ownState.sent : strings.chat.ownState.waiting;
  return (
    <section class="transcript" aria-label={strings.chat.messages}>
      <div
        class="transcript-scroller"
        ref={scroller}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={strings.chat.messages}
      >
        {transcript.isCut && rows[0] === entries[0] && <p class="divider">{strings.chat.olderGone}</p>}
        {entries.length + pending.length === 0 && <p class="happened">{strings.chat.noMessages}</p>}
        <ol>
          {rows.map((entry) => (
            <EntryRow key={entry.id} entry={entry} isFirstUnread={entry.id === firstUnread} />
          ))}
        </ol>
        {below === 0 && pending.length > 0 && (
          <ol class="pending">
            {pending.map(({ id, text }) => (
              <li key={id}>
                <article class="message message-own">
                  <SaidText text={text} />
                  <OwnState mark="…" word={sendState} />
                </article>
              </li>
            ))}
          </ol>
        )}
      </div>
      {!isFollowing && (
        <Button look="primary" class="to-newest" onClick={() => view.follow()}>
          <span aria-hidden="true">↓</span> {strings.chat.newest(below)}
        </Button>
      )}
    </section>
  );
}
