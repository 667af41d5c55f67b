/*
 * The opening menu: the server's three options, in the words of the protocol.
 */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { MENU_OPTIONS } from '../../lib/session/questions.js';
import { isTyped } from '../design/typing.js';
import { strings } from '../strings.js';
import type { Chat } from './chat.js';
import './menu.css';

/** The menu. Its options answer to the keys 1, 2 and 3, too. */
export function Menu({ chat }: { readonly chat: Chat }) {
  const first = useRef<HTMLButtonElement>(null);
  const choose = (option: number) => [() => chat.open('join'), () => chat.open('create'), () => void chat.exit()][option]?.();
  useLayoutEffect(() => {
    first.current?.focus();
    const typed = (event: KeyboardEvent) => {
      const option = ['1', '2', '3'].indexOf(event.key);
      if (option < 0 || isTyped(event) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault(); // the form that opens has the keyboard at once, and would take the digit
      choose(option);
    };
    document.addEventListener('keydown', typed);
    return () => document.removeEventListener('keydown', typed);
  }, []);
  return (
    <section class="card" aria-labelledby="menu-title">
      <h2 id="menu-title">{strings.chat.greeting}</h2>
      <ol class="menu">
        {MENU_OPTIONS.map((option, i) => (
          <li key={option}>
            <button type="button" ref={i === 0 ? first : null} onClick={() => choose(i)}>
              <span class="menu-number" aria-hidden="true">
                {i + 1}
              </span>
              <span>
                <strong>{option}</strong>
                <small>{strings.chat.optionHints[i]}</small>
              </span>
            </button>
          </li>
        ))}
      </ol>
      <p class="quiet" role="status">
        {chat.link.value.name === 'connecting' && strings.chat.connecting}
      </p>
    </section>
  );
}
