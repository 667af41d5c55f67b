/*
 * The ways of repairing losses that there are, by name.
 */
import type { ArqName } from '../../wire/packets.js';
import { goBackN } from './go-back-n.js';
import type { ArqPolicy } from './policy.js';
import { sack } from './sack.js';
import { selectiveRepeat } from './selective-repeat.js';
import { stopAndWait } from './stop-and-wait.js';

export type { ArqPolicy, Recovery } from './policy.js';

/** The policies by name. */
export const ARQ: Readonly<Record<ArqName, ArqPolicy>> = {
  'stop-and-wait': stopAndWait,
  'go-back-n': goBackN,
  'selective-repeat': selectiveRepeat,
  sack,
};
