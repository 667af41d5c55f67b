/*
 * Steps through a story on the terminal, by keys, until its reader has had enough. What it shows is in step-screen.ts,
 * where a key leads in tracer/step.
 */

import type { Story } from '../../tracer/join/index.js';
import { inLanes } from '../../tracer/layout/index.js';
import { cursorAt, type Move, moved, type Sought } from '../../tracer/step/index.js';
import { toldToStop } from '../stopping.js';
import { NOTHING, printLine } from '../tracing/printing.js';
import { type ViewFlags, viewOf } from '../tracing/view-options.js';
import { fullScreen } from './full-screen.js';
import { readKeys } from './keys.js';
import { stepScreen } from './step-screen.js';

const next = (sought: Sought): Move => ({ towards: 'next', sought });
const previous = (sought: Sought): Move => ({ towards: 'previous', sought });

const MOVES: Readonly<Record<string, Move>> = {
  right: next('step'),
  down: next('step'),
  space: next('step'),
  return: next('step'),
  left: previous('step'),
  up: previous('step'),
  backspace: previous('step'),
  h: next('handshake'),
  H: previous('handshake'),
  f: next('frame'),
  F: previous('frame'),
  l: next('loss'),
  L: previous('loss'),
  g: 'first',
  home: 'first',
  G: 'last',
  end: 'last',
};
const ENDS: readonly string[] = ['q', 'escape', 'ctrl-c', 'ctrl-d'];

/** Shows a story step by step; resolves when its reader ends it. */
export async function stepThrough(story: Story, flags: ViewFlags): Promise<void> {
  const { columns: _, ...view } = viewOf(flags);
  const steps = inLanes(story.steps, view.lanes);
  if (steps.length === 0) return printLine(NOTHING);
  let cursor = cursorAt(steps);
  let message = '';
  const lines = stepScreen(story, view);
  await new Promise<void>((resolve) => {
    // keys and signals are listened to before anything says that they are
    const keys = readKeys((name) => {
      if (ENDS.includes(name)) return over();
      const move = MOVES[name];
      if (!move) return;
      const before = cursor;
      cursor = moved(cursor, move);
      message = cursor === before ? nowhere(move) : '';
      screen.paint();
    });
    void toldToStop().then(() => over());
    const screen = fullScreen((columns, rows) => lines(cursor, columns, rows, message));
    const over = () => {
      keys.close();
      screen.close();
      resolve();
    };
  });
}

function nowhere(move: Move): string {
  if (move === 'first' || move === 'last') return `this is the ${move}`;
  if (move.sought === 'step') return move.towards === 'next' ? 'this is the last' : 'this is the first';
  return `no ${move.sought} ${move.towards === 'next' ? 'after' : 'before'} this`;
}
