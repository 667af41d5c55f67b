/*
 * A place in a story: the step that one looks at. It moves a step forward or back, to either end, or to the next or the
 * last step of a kind: of a handshake, a frame, a loss. It knows no screen and no keys.
 */
import type { Step } from '../join/story.js';

/** A place among steps. It is always one of them, unless there is none. */
export interface Cursor {
  readonly steps: readonly Step[];
  /** From 0. */
  readonly index: number;
}

/** What one may look for. */
export type Sought = 'step' | 'handshake' | 'frame' | 'loss';

/** A way to move: to the next or the last of a kind, or to an end. */
export type Move = 'first' | 'last' | { readonly towards: 'next' | 'previous'; readonly sought: Sought };

const IS: Readonly<Record<Sought, (step: Step) => boolean>> = {
  step: () => true,
  handshake: (step) => step.kind === 'arrow' && (step.phase?.startsWith('handshake') ?? false),
  frame: ({ kind, lane }) => kind === 'arrow' && lane === 'frames',
  loss: (step) => step.kind === 'arrow' && ['lost', 'corrupted'].includes(step.outcome),
};

/** Begins at a step, by its place. */
export function cursorAt(steps: readonly Step[], index = 0): Cursor {
  return { steps, index: Math.max(0, Math.min(steps.length - 1, index)) };
}

/** Moves; the same cursor if there is nowhere to go. */
export function moved(cursor: Cursor, move: Move): Cursor {
  const { steps, index } = cursor;
  const found = placeOf(steps, index, move);
  return found < 0 || found === index ? cursor : { steps, index: found };
}

function placeOf(steps: readonly Step[], index: number, move: Move): number {
  if (move === 'first') return steps.length === 0 ? -1 : 0;
  if (move === 'last') return steps.length - 1;
  const is = IS[move.sought];
  if (move.towards === 'next') return steps.findIndex((step, i) => i > index && is(step));
  return steps.findLastIndex((step, i) => i < index && is(step));
}
