/*
 * A bad network to order: loss, delay, jitter, duplication, reordering, corruption, a rate, an MTU, exact drop lists
 * and partitions, all from one seed.
 */
export {
  type DropRule,
  type FaultFlags,
  type Faults,
  HEADERS_BYTES,
  type LinkSide,
  type MtuStep,
  NO_FAULTS,
  type Partition,
  parseFaults,
} from './faults.js';
export { FAULT_FLAGS, type FaultFlag, faultFlagsIn } from './flags.js';
export { type Fate, type Line, type LineParts, layLine } from './line.js';
export { Link, type LinkCounts, type LinkFate, type LinkParts } from './link.js';
export type { Passing } from './passing.js';
export { seeded } from './random.js';
export { slowed } from './stream.js';
export { faultsInWords } from './words.js';
