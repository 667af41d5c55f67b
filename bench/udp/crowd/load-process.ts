/*
 * The process that plays the crowd: it joins, is silent, and talks at an even rate.
 */
import { tcp } from '../../../transports/tcp/index.js';
import { udp } from '../../../transports/udp/index.js';
import { emptyGroup, type GroupLoad } from '../../fanout/load/members.js';
import { type Latency, type OpenLoop, type Span, startOpenLoop } from '../../fanout/load/open-loop.js';
import { readLoad } from '../../fanout/load/reading.js';
import { peer } from '../../fanout/peers/chatwire.js';
import { answerQuestions } from '../../fanout/processes.js';
import { joinMember } from './members.js';

/** Who is to join where. */
export interface Crowd {
  readonly address: string;
  readonly groups: readonly string[];
  readonly membersPerGroup: number;
}

const joinsAtOnce = 32;

let groups: GroupLoad[] = [];
let talk: OpenLoop | undefined;

const handlers = {
  async join({ address, groups: names, membersPerGroup }: Crowd): Promise<void> {
    groups = names.map((name) => emptyGroup(name, membersPerGroup - 1));
    const transport = address.startsWith('udp:') ? udp : tcp;
    const waiting = Array.from({ length: groups.length * membersPerGroup }, (_, index) => index).values();
    const worker = async () => {
      for (const index of waiting) {
        const group = groups[index % groups.length] as GroupLoad;
        group.members.push(await joinMember(transport, address, group, `member-${index}`));
      }
    };
    await Promise.all(Array.from({ length: joinsAtOnce }, worker));
    for (const group of groups) group.senders.push(...group.members);
  },
  leave(_: null): void {
    for (const group of groups) for (const { socket } of group.members) socket.destroy();
    groups = [];
  },
  talkEvenly({ deliveriesPerSecond, maxMs }: { deliveriesPerSecond: number; maxMs: number }): void {
    talk = startOpenLoop(peer.wire, groups, deliveriesPerSecond, maxMs);
  },
  async stop(_: null): Promise<void> {
    await talk?.stop();
  },
  latency({ spans }: { spans: readonly Span[] }): Latency {
    if (!talk) throw new Error('nobody has talked');
    return talk.within(spans);
  },
  reading: (_: null) => readLoad(groups),
};

export type CrowdLoadHandlers = typeof handlers;

answerQuestions(handlers);
