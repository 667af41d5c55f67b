/*
 * A button that copies a text, and says whether it could. The Clipboard API is there only at https: and on this machine; in
 * a classroom's network the older way is taken, and if that fails too, the text stands there to be copied by hand.
 */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { strings } from '../strings.js';
import { announce } from './announcer.js';
import { Button } from './button.js';

/** How long the button says that it has copied, in milliseconds. */
const SAID_MS = 2_000;

/** Copies `text`; the children are what the button says before. */
export function CopyButton({ text, children }: { readonly text: string; readonly children: ComponentChildren }) {
  const isCopied = useSignal(false);
  const isRefused = useSignal(false);
  const copy = async () => {
    if (!(await copied(text))) {
      isRefused.value = true;
      return announce(strings.design.notCopied);
    }
    isRefused.value = false;
    isCopied.value = true;
    announce(strings.design.copied);
    setTimeout(() => {
      isCopied.value = false;
    }, SAID_MS);
  };
  return (
    <>
      <Button onClick={() => void copy()}>{isCopied.value ? strings.design.copied : children}</Button>
      {isRefused.value && (
        <input
          readOnly
          class="by-hand"
          aria-label={strings.design.notCopied}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedFromSelection(text);
  }
}

/** As before there was a Clipboard API: what is selected is copied. */
function copiedFromSelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.className = 'unseen';
  field.value = text;
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way outside of a secure context
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
