/*
 * From a trace to a story: `tell` for a whole one, `joiner` for one that is still going on.
 */
export { type Joiner, type JoinerOptions, joiner } from './joiner.js';
export type * from './story.js';
export { tell } from './tell.js';
