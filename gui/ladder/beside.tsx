/*
 * The ladder beside another page: on a wide screen, if this server shows its trace to this browser. The ladder itself is
 * fetched only then.
 */
import { effect, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import { traceToken } from './trace-token.js';
import './beside.css';

/** As wide as two panes that can be read (75 rem of the browser's own type). */
const WIDE = matchMedia('(min-width: 75rem)');
const KEY = 'chatwire.ladder-beside';

const isWide = signal(WIDE.matches);
const isWanted = signal(!isHidden());
/** The ladder, once it is known that there is one for this browser, and fetched. */
const pane = signal<ComponentType | undefined>(undefined);
let isAsked = false;

WIDE.addEventListener('change', ({ matches }) => {
  isWide.value = matches;
});
effect(() => {
  const value = isWanted.value ? 'yes' : 'no';
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // it holds until the page is closed
  }
});

function isHidden(): boolean {
  try {
    return localStorage.getItem(KEY) === 'no';
  } catch {
    return false; // a browser that keeps nothing
  }
}

async function ask(): Promise<void> {
  isAsked = true;
  const token = traceToken();
  try {
    const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
    const { status } = await fetch('/trace.jsonl', { method: 'HEAD', cache: 'no-store', ...(headers && { headers }) });
    if (status !== 200) return;
    const { LadderPane } = await import('./pane.js');
    pane.value = LadderPane;
  } catch {
    isAsked = false; // the server is not there; when the window is wide again, it may be
  }
}

/** The button that shows or hides it, for the top bar; nothing, if there is nothing to show. */
export function BesideSwitch() {
  if (!isWide.value || !pane.value) return null;
  return (
    <Button
      aria-pressed={isWanted.value}
      onClick={() => {
        isWanted.value = !isWanted.value;
      }}
    >
      {strings.ladder.title}
    </Button>
  );
}

/** The ladder in the room that its parent gives it; nothing, if there is nothing to show. */
export function LadderBeside() {
  const isShown = isWide.value;
  useEffect(() => {
    if (isShown && !isAsked) void ask();
  }, [isShown]);
  const Pane = pane.value;
  if (!isShown || !isWanted.value || !Pane) return null;
  return (
    <section class="ladder-beside" aria-label={strings.ladder.title}>
      <Pane />
    </section>
  );
}
