/* Views of a story for the terminal. */
export { type DiffOptions, diffLines } from './diff.js';
export type { TimeColumn } from './drawing.js';
export { type HexOptions, hexLines } from './hex/hex.js';
export { type LadderRow, type LiveLadder, type LiveOptions, ladderLines, ladderRows, liveLadder } from './ladder.js';
export type { ViewOptions } from './options.js';
export { tableLines } from './table.js';
