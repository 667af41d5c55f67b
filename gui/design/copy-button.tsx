/*
 * A button that copies a text, and says whether it could. The Clipboard API is there only at https: and on this machine; in
 * a classroom's network the older way is taken, and if that fails too, the text stands there to be copied by hand.
 */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { strings } from '../strings.js';
import { announce } from './announcer.js';
import { Button } from './button.js';
import './field.css';
import './copy-button.css';

/** How long the button says that it has copied, in milliseconds. */
const SAID_MS = 2_000;

/** Copies `text`; the children are what the button says before, and `note` is what to know of the text then. */
export function CopyButton({
  text,
  note,
  children,
}: {
  readonly text: string;
  readonly note?: string | undefined;
  readonly children: ComponentChildren;
}) {
  const isCopied = useSignal(false);
  const isRefused = useSignal(false);
  const wasPressed = useSignal(false);
  const copy = async () => {
    wasPressed.value = true;
    if (!(await copied(text))) {
      isCopied.value = false;
      isRefused.value = true;
      return announce(note ?? ''); // the field has the focus, and its name says why
    }
    isRefused.value = false;
    isCopied.value = true;
    announce([strings.design.copied, note ?? ''].join(' ').trim());
    setTimeout(() => {
      isCopied.value = false;
    }, SAID_MS);
  };
  return (
    <>
      <Button onClick={() => void copy()}>{isCopied.value ? strings.design.copied : children}</Button>
      {isRefused.value && (
        <label class="field by-hand">
          {strings.design.notCopied}
          <input readOnly value={text} ref={focus} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
      {wasPressed.value && note !== undefined && <p class="copy-note">{note}</p>}
    </>
  );
}

/** One key then copies it. */
function focus(field: HTMLInputElement | null): void {
  field?.focus();
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
