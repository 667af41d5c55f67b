/* Traces beside each other. */
export { type Aligned, alignStories } from './align.js';
export { type LaneCount, summaryOf } from './summary.js';
