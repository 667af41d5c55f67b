/*
 * The title of the tab: how much is unread, which group.
 */
import { effect } from '@preact/signals';
import { strings } from '../strings.js';
import type { Chat } from './chat.js';

/** Keeps the title right from now on. */
export function keepTitle({ membership, transcript }: Chat): void {
  effect(() => {
    const unread = transcript.unread.messages.value;
    const group = membership.value?.group;
    document.title = [unread > 0 && `(${unread})`, group && `#${group}`, strings.chat.title].filter(Boolean).join(' ');
  });
}
