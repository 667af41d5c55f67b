/*
 * A button that copies a link for others. Where the page was opened over loopback, it takes an address by which they reach
 * the server, and if there is none, it says so.
 */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { strings } from '../strings.js';
import { CopyButton } from './copy-button.js';
import { askReach, reach, reachable } from './reach.js';

/** Copies `link`, which leads to this page's server; the children are what the button says. */
export function CopyLink({ link, children }: { readonly link: string; readonly children: ComponentChildren }) {
  useEffect(() => void askReach(), []);
  const { value } = reach;
  return (
    <CopyButton text={reachable(link, value)} note={value.isLocal ? strings.design.localLink : undefined}>
      {children}
    </CopyButton>
  );
}
