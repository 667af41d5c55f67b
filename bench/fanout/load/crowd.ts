/*
 * All members of a run, brought in with a fixed number of joins under way at once.
 */
import type { Wire } from '../peer.js';
import { connectMember, emptyGroup, type GroupLoad } from './members.js';

export interface CrowdOptions {
  readonly port: number;
  readonly groups: readonly string[];
  readonly membersPerGroup: number;
  readonly sendersPerGroup: number;
  /** How many joins are under way at once. */
  readonly concurrency: number;
}

/** Runs `work` for 0..count-1, at most `concurrency` of them at once. */
async function inParallel(count: number, concurrency: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker));
}

/** Joins everybody, group by group in turn; resolves when the last is in. */
export async function joinCrowd(wire: Wire, options: CrowdOptions): Promise<GroupLoad[]> {
  const { port, membersPerGroup, sendersPerGroup, concurrency } = options;
  const fanOut = wire.sendersAreOutsiders ? membersPerGroup : membersPerGroup - 1;
  const groups = options.groups.map((name) => emptyGroup(name, fanOut));

  await inParallel(groups.length * membersPerGroup, concurrency, async (index) => {
    const group = groups[index % groups.length] as GroupLoad;
    group.members.push(await connectMember(port, wire, group, `member-${index}`));
  });
  if (!wire.sendersAreOutsiders) for (const group of groups) group.senders.push(...group.members.slice(0, sendersPerGroup));
  else {
    await inParallel(groups.length * sendersPerGroup, concurrency, async (index) => {
      const group = groups[index % groups.length] as GroupLoad;
      group.senders.push(await connectMember(port, wire, group, `sender-${index}`, false));
    });
  }
  return groups;
}
