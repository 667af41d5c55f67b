/*
 * The ways of repairing losses that there are, by name.
 */
import type { ArqName } from '../../wire/packets.js';
import type { ArqPolicy } from './policy.js';
import { sack } from './sack.js';
import { selectiveRepeat } from './selective-repeat.js';

export type { ArqPolicy, Recovery } from './policy.js';

/** The policies by name. */
export const ARQ: Readonly<Partial<Record<ArqName, ArqPolicy>>> = { sack, 'selective-repeat': selectiveRepeat };
