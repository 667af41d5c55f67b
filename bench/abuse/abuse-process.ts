/*
 * The load process of the abuse benchmark: plays the innocent group, whose latency is measured, and the attackers beside it.
 * Both are in one process so that an attack's own cost disturbs every peer's innocents alike.
 */
import { joinCrowd } from '../fanout/load/crowd.js';
import type { GroupLoad } from '../fanout/load/members.js';
import { type Latency, type OpenLoop, type Span, startOpenLoop } from '../fanout/load/open-loop.js';
import { readLoad } from '../fanout/load/reading.js';
import type { Wire } from '../fanout/peer.js';
import { loadPeer } from '../fanout/peers/index.js';
import { answerQuestions } from '../fanout/processes.js';
import type { Outcome, Target } from './attack.js';
import { attacks } from './attacks/index.js';

let wire: Wire;
let innocent: GroupLoad[] = [];
let ports: Pick<Target, 'port' | 'linePort'>;
let talk: OpenLoop | undefined;
let endAttack: (() => Outcome) | undefined;

const innocentMembers = 10;
const deliveriesPerSecond = 2000;

const handlers = {
  async join(served: { peer: string; port: number; linePort?: number; group: string }): Promise<void> {
    ({ wire } = await loadPeer(served.peer));
    const { port, linePort = port } = served;
    ports = { port, linePort };
    const crowd = { membersPerGroup: innocentMembers, sendersPerGroup: innocentMembers, concurrency: innocentMembers };
    innocent = await joinCrowd(wire, { port, groups: [served.group], ...crowd });
  },
  /** Starts the talk in the innocent group. */
  talk({ maxMs }: { maxMs: number }): void {
    talk = startOpenLoop(wire, innocent, deliveriesPerSecond, maxMs);
  },
  async stop({ spans }: { spans: readonly Span[] }): Promise<Latency> {
    if (!talk) throw new Error('nobody has talked');
    await talk.stop();
    return talk.within(spans);
  },
  reading: (_: null) => readLoad(innocent),
  async startAttack({ attack, group }: { attack: string; group: string }): Promise<void> {
    const target: Target = { ...ports, wire, group };
    endAttack = await attacks[attack]?.start(target);
  },
  endAttack(_: null): Outcome {
    return endAttack?.() ?? {};
  },
};

export type AbuseHandlers = typeof handlers;

answerQuestions(handlers);
