/*
 * The ways through the dialogue, as a table: what the client says or the server finds out, and what comes of it.
 */
import type { Case } from '../dialogue.js';
import { AHEAD, IN_THE_GROUP } from './out-of-turn.js';
import { ENDS, LEAVES, PATHS } from './paths.js';
import { REFUSALS } from './refusals.js';

/** Every case. */
export const CASES: readonly Case[] = [...PATHS, ...ENDS, ...LEAVES, ...REFUSALS, ...AHEAD, ...IN_THE_GROUP];
