/*
 * The attacks by name, in the order of the table.
 */
import type { Attack } from '../attack.js';
import { deafMember } from './deaf-member.js';
import { halfOpen } from './half-open.js';
import { longLines } from './long-lines.js';
import { randomBytes } from './random-bytes.js';

export const attacks: Readonly<Record<string, Attack>> = {
  'deaf-member': deafMember,
  'half-open': halfOpen,
  'long-lines': longLines,
  'random-bytes': randomBytes,
};
