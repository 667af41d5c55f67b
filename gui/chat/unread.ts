/*
 * What came while nobody looked: how many messages, for the page's title, and at which one the new ones begin.
 */
import { signal } from '@preact/signals';

/** Counts what came while the page was hidden or another window had the keyboard. */
export class Unread {
  /** How many messages are unread. */
  readonly messages = signal(0);
  /** The ID of the first message that was unread when the person came back; the line stays until they look away again. */
  readonly firstId = signal<number | undefined>(undefined);

  constructor() {
    const looked = () => {
      if (isSeen()) this.messages.value = 0;
      else this.firstId.value = undefined;
    };
    document.addEventListener('visibilitychange', looked);
    addEventListener('focus', looked);
    addEventListener('blur', looked);
  }

  /** A message came. */
  count(id: number): void {
    if (isSeen()) return;
    this.firstId.value ??= id;
    this.messages.value++;
  }

  /** One has answered: the line has done its work. */
  forgetLine(): void {
    this.firstId.value = undefined;
  }

  clear(): void {
    this.messages.value = 0;
    this.firstId.value = undefined;
  }
}

function isSeen(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
