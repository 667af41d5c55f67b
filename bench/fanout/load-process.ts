/*
 * The process that plays all members and senders of a run. It is asked, step by step, to join, to saturate, to stop, and to
 * talk at an even rate; between the questions it says how much was delivered and what it used itself.
 */
import { type ClosedLoop, startClosedLoop } from './load/closed-loop.js';
import { type CrowdOptions, joinCrowd } from './load/crowd.js';
import type { GroupLoad } from './load/members.js';
import { type Latency, type OpenLoop, type Span, startOpenLoop } from './load/open-loop.js';
import { readLoad } from './load/reading.js';
import type { Wire } from './peer.js';
import { loadPeer } from './peers/index.js';
import { answerQuestions } from './processes.js';

let wire: Wire;
let groups: GroupLoad[] = [];
let talk: ClosedLoop | OpenLoop | undefined;

const handlers = {
  async load({ peer }: { peer: string }): Promise<void> {
    wire = (await loadPeer(peer)).wire;
  },
  /** Joins everybody; answers how long it took. */
  async join(options: CrowdOptions): Promise<{ seconds: number }> {
    const start = performance.now();
    groups = await joinCrowd(wire, options);
    return { seconds: (performance.now() - start) / 1000 };
  },
  leave(_: null): void {
    for (const group of groups) for (const member of [...group.members, ...group.senders]) member.socket.destroy();
    groups = [];
  },
  saturate({ windowPerGroup }: { windowPerGroup: number }): void {
    talk = startClosedLoop(wire, groups, windowPerGroup);
  },
  talkEvenly({ deliveriesPerSecond, maxMs }: { deliveriesPerSecond: number; maxMs: number }): void {
    talk = startOpenLoop(wire, groups, deliveriesPerSecond, maxMs);
  },
  async stop(_: null): Promise<void> {
    await talk?.stop();
  },
  latency({ spans }: { spans: readonly Span[] }): Latency {
    if (!talk || !('within' in talk)) throw new Error('nobody has talked evenly');
    return talk.within(spans);
  },
  reading: (_: null) => readLoad(groups),
};

export type LoadHandlers = typeof handlers;

answerQuestions(handlers);
