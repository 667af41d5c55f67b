/*
 * The saturating load: each group keeps a window of messages on their way, and says the next ones when enough deliveries have
 * come. It looks once in a turn of the event loop in which something came, sleeps otherwise, and lets the senders talk in turn, so
 * that messages come from many sockets.
 */
import type { Wire } from '../peer.js';
import { textBytes } from '../scenario.js';
import { arrivals, type GroupLoad, type Member, say } from './members.js';

export interface ClosedLoop {
  /** Says no more and resolves when everything has come; rejects when something is missing or too much. */
  stop(): Promise<void>;
}

const drainMs = 5000;

/** Starts to talk. */
export function startClosedLoop(wire: Wire, groups: readonly GroupLoad[], windowPerGroup: number): ClosedLoop {
  const text = Buffer.alloc(textBytes, 'x');
  const frames = new Map<Member, Buffer>();
  for (const group of groups)
    for (const sender of group.senders) frames.set(sender, repeated(wire.say(text, group.name, sender.name), windowPerGroup));
  const turns = new Map(groups.map((group) => [group, 0]));
  let talking = true;

  const refill = (group: GroupLoad) => {
    const arrived = Math.floor(group.delivered / group.fanOut);
    const due = windowPerGroup - (group.sent - arrived);
    if (due <= 0) return;
    group.sent += due;
    const { senders } = group;
    const each = Math.ceil(due / senders.length);
    let turn = turns.get(group) as number;
    for (let left = due; left > 0; left -= each) {
      const sender = senders[turn++ % senders.length] as Member;
      const frame = frames.get(sender) as Buffer;
      const count = Math.min(each, left);
      say(wire, sender, frame.subarray(0, (frame.length / windowPerGroup) * count), count);
    }
    turns.set(group, turn % senders.length);
  };
  const refillAll = () => {
    if (talking) for (const group of groups) refill(group);
  };
  arrivals.afterTurn = refillAll;
  refillAll();

  return {
    stop() {
      talking = false;
      arrivals.afterTurn = undefined;
      return allDelivered(groups, drainMs);
    },
  };
}

function repeated(frame: Buffer, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => frame));
}

/** Resolves when each group has had exactly what was said in it, and stays so for a moment. */
export async function allDelivered(groups: readonly GroupLoad[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  const missing = () => groups.reduce((sum, group) => sum + group.sent * group.fanOut - group.delivered, 0);
  while (missing() > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (missing() !== 0) throw new Error(`${missing()} deliveries are missing (negative: too many)`);
}
