/*
 * A button that copies a text, and says whether it could: the clipboard is there only at https: and on this machine.
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
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return announce(strings.design.notCopied);
    }
    isCopied.value = true;
    announce(strings.design.copied);
    setTimeout(() => {
      isCopied.value = false;
    }, SAID_MS);
  };
  return <Button onClick={() => void copy()}>{isCopied.value ? strings.design.copied : children}</Button>;
}
