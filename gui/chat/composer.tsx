/*
 * Where one writes: Enter sends, Shift+Enter begins a new line. Code points are counted, as the protocol does.
 */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { MAX_MESSAGE } from '../../lib/session/rules.js';
import { Button } from '../design/button.js';
import { strings } from '../strings.js';
import type { Chat } from './chat.js';
import './composer.css';

/** From here on one is told how much room is left. */
const TOLD_FROM = MAX_MESSAGE - 400;

/** The input of the group. */
export function Composer({ chat }: { readonly chat: Chat }) {
  const { draft, trouble } = chat;
  const input = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  const length = draft.value.length < TOLD_FROM ? 0 : [...draft.value].length;
  const left = MAX_MESSAGE - length;
  const submitted = (event: Event) => {
    event.preventDefault();
    chat.send();
    input.current?.focus();
  };
  const typed = (event: KeyboardEvent) => {
    // an input method's Enter takes its own suggestion
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submitted(event);
  };
  return (
    <form class="composer" onSubmit={submitted}>
      <label for="message" class="unseen">
        {strings.chat.message}
      </label>
      <textarea
        id="message"
        ref={input}
        dir="auto"
        rows={1}
        value={draft.value}
        placeholder={strings.chat.message}
        aria-describedby="message-hint"
        aria-invalid={trouble.value !== undefined}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
          trouble.value = undefined;
        }}
        onKeyDown={typed}
      />
      <Button type="submit" look="primary" disabled={draft.value.trim() === ''}>
        {strings.chat.send}
      </Button>
      <p id="message-hint" class="composer-hint">
        {trouble.value !== undefined ? (
          <span class="trouble" role="alert">
            {trouble.value}
          </span>
        ) : length < TOLD_FROM ? (
          strings.chat.messageHint
        ) : left >= 0 ? (
          strings.chat.left(left)
        ) : (
          <span class="trouble">{strings.chat.tooLong(-left)}</span>
        )}
      </p>
    </form>
  );
}
