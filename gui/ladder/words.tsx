/*
 * Words from a trace on the page: what is written from right to left stands by itself, so that the rest of the words keeps
 * its order, and control characters are spelled out.
 */
import type { ComponentChildren } from 'preact';
import { rightToLeftRuns } from '../../tracer/render/right-to-left.js';
import { spelledOut } from '../../tracer/render/spelled-out.js';

/** Words, to be put into an element that is isolated itself. */
export function Words({ text }: { readonly text: string }) {
  const characters = [...spelledOut(text)];
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const [first, last] of rightToLeftRuns(characters)) {
    parts.push(characters.slice(from, first).join(''));
    parts.push(
      <span key={first} dir="auto">
        {characters.slice(first, last + 1).join('')}
      </span>,
    );
    from = last + 1;
  }
  return (
    <>
      {parts}
      {characters.slice(from).join('')}
    </>
  );
}
