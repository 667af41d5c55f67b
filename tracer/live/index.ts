/* A trace that goes on, for whoever looks at it: kept up to a bound, and handed out as text. */
export type { KeptBounds } from './kept-lines.js';
export { KEPT_BOUNDS, KeptTrace, type Piece, type Place } from './kept-trace.js';
