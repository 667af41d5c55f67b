/*
 * After option 3: it is over, and one may begin again.
 */
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import type { Chat } from './chat.js';

/** The last word. */
export function Goodbye({ chat }: { readonly chat: Chat }) {
  return (
    <section class="card" aria-labelledby="goodbye-title">
      <h2 id="goodbye-title">{strings.chat.goodbye}</h2>
      <p role="status">{strings.chat.goodbyeText}</p>
      <Button
        look="primary"
        autoFocus
        onClick={() => {
          chat.open('menu');
          chat.start();
        }}
      >
        {strings.chat.again}
      </Button>
    </section>
  );
}
