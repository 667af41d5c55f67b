/*
 * The page's live region: what a screen reader says without being asked, and what somebody who sees need not be shown.
 * One for the page, since two that change at once talk over each other.
 */
import { signal } from '@preact/signals';

const said = signal('');

/** Has a sentence said, once there is a pause. */
export function announce(sentence: string): void {
  // the same sentence twice is a change, too
  said.value = said.value === sentence ? `${sentence}\u00a0` : sentence;
}

/** The region; it has to be on the page before anything is said. */
export function Announcer() {
  return (
    <div class="unseen" role="status" aria-live="polite">
      {said}
    </div>
  );
}
