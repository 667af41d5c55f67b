/*
 * The IDs of the groups that a lesson has ready before it begins: the assignment speaks of #8888, so there is
 * a #8888. It replaces the randomness behind the IDs (lib/group/ids.ts); a group that is created on stage gets
 * an ID that nobody could foresee.
 */
import type { Host } from '../../lib/index.js';

/** Randomness for a group log, whose next draws can be laid out. */
export interface GroupIds {
  /** The next group gets this ID, of four digits. */
  next(id: string): void;
  randomBytes(count: number): Uint8Array;
}

/** The randomness of a machine, until told otherwise. */
export function groupIds({ randomBytes }: Pick<Host, 'randomBytes'>): GroupIds {
  const laidOut: string[] = [];
  return {
    next: (id) => void laidOut.push(id),
    randomBytes(count) {
      const id = laidOut.shift();
      if (id === undefined) return randomBytes(count);
      const bytes = new Uint8Array(count);
      new DataView(bytes.buffer).setUint32(0, Number(id) - 1000); // IDs of four digits begin at 1000
      return bytes;
    },
  };
}
