/*
 * What a screen reader says of what others say: every message while there are few, their number when there are many, and
 * not more than once a second.
 */
import { announce } from '../design/announcer.js';
import { strings } from '../strings.js';

/** More than so many at once are counted, not read. */
const READ = 3;
const PAUSE_MS = 1_000;
/** A long message is begun, not read to its end, in UTF-16 units. */
const READ_LENGTH = 500;

let waiting: string[] = [];
let count = 0;
let isPausing = false;

/** Somebody has said something. */
export function readAloud(name: string, text: string): void {
  count++;
  if (waiting.length < READ) waiting.push(strings.chat.said(name, text.slice(0, READ_LENGTH)));
  if (!isPausing) queueMicrotask(tell);
}

/** What waits is of no interest any more. */
export function readNoMore(): void {
  waiting = [];
  count = 0;
}

function tell(): void {
  if (isPausing || count === 0) return;
  announce(count > READ ? strings.chat.several(count) : waiting.join('. '));
  readNoMore();
  isPausing = true;
  setTimeout(() => {
    isPausing = false;
    tell();
  }, PAUSE_MS);
}
