/*
 * What a load process says of itself when it is read.
 */
import { takenMicros } from '../disturbance.js';
import { nowMicros } from '../processes.js';
import type { LoadReading } from '../slices.js';
import type { GroupLoad } from './members.js';

export function readLoad(groups: readonly GroupLoad[]): LoadReading {
  return readingOf(groups.reduce((sum, group) => sum + group.delivered, 0));
}

/** The same for a load that counts by itself. */
export function readingOf(delivered: number): LoadReading {
  const { user, system } = process.cpuUsage();
  const cpuMicros = user + system;
  return { atMicros: nowMicros(), delivered, cpuMicros, takenMicros: takenMicros(cpuMicros) };
}
