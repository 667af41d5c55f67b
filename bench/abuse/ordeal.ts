/*
 * One attack on one peer's server, from calm to calm: latency in the innocent group before and during, the server's memory
 * before, at its highest, and after, and what the attack has to tell. A server that dies of it is a result, not a failure.
 */
import { waitForCalm } from '../fanout/disturbance.js';
import { type Child, startChild } from '../fanout/processes.js';
import type { ServerHandlers } from '../fanout/server-process.js';
import { calmSlices } from '../fanout/slices.js';
import type { AbuseHandlers } from './abuse-process.js';
import type { Outcome } from './attack.js';
import { attacks } from './attacks/index.js';

export interface Ordeal {
  readonly calmP99Micros: number;
  readonly attackedP99Micros: number;
  readonly rssBeforeBytes: number;
  readonly rssPeakBytes: number;
  readonly rssAfterBytes: number;
  /** The share of the attack in which no other program disturbed us, and of which the p99 is. */
  readonly undisturbed: number;
  readonly outcome: Outcome;
}

const calmMs = 5000;
const settleMs = 1500;
const lookMs = 250;
const sliceMs = 250;
const maxForeignShare = 0.02;
const waitForCalmMs = 20_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Follows the server's memory until it is told to stop; returns the highest. */
function watchMemory(server: Child<ServerHandlers>): () => Promise<number> {
  let watching = true;
  const highest = (async () => {
    let peak = 0;
    while (watching) {
      peak = Math.max(peak, (await server.ask('reading', { collect: false })).rssBytes);
      await sleep(lookMs);
    }
    return peak;
  })();
  highest.catch(() => undefined);
  return () => {
    watching = false;
    return highest;
  };
}

async function memoryAtRest(server: Child<ServerHandlers>): Promise<number> {
  await sleep(settleMs);
  return (await server.ask('reading', { collect: true })).rssBytes;
}

/** Talk in the innocent group for a while, and the latency of what was due while no other program disturbed us. */
async function talkFor(pair: { server: Child<ServerHandlers>; load: Child<AbuseHandlers> }, maxMs: number) {
  await pair.load.ask('talk', { maxMs: 2 * maxMs });
  const { slices } = await calmSlices(pair, { sliceMs, needMs: Number.POSITIVE_INFINITY, maxMs, maxForeignShare });
  const latency = await pair.load.ask('stop', { spans: slices });
  return { p99Micros: latency.p99Micros, undisturbed: (slices.length * sliceMs) / maxMs };
}

/** Puts one peer to one attack; rejects with what killed the server, or with what the innocent missed. */
export async function undergo(peer: string, attack: string): Promise<Ordeal> {
  await waitForCalm(waitForCalmMs);
  const server = startChild<ServerHandlers>('./server-process.js', 0);
  const load = startChild<AbuseHandlers>('../abuse/abuse-process.js', 1);
  try {
    const served = await server.ask('serve', { peer, groups: 2 });
    const [group = '', attacked = ''] = served.groups;
    await load.ask('join', { peer, ...served, group });
    const pair = { server, load };
    const calm = await talkFor(pair, calmMs);
    const rssBeforeBytes = await memoryAtRest(server);

    const memoryPeak = watchMemory(server);
    await load.ask('startAttack', { attack, group: attacked });
    const during = await talkFor(pair, (attacks[attack]?.seconds ?? 0) * 1000);
    const outcome = await load.ask('endAttack', null);
    const rssPeakBytes = await memoryPeak();
    const rssAfterBytes = await memoryAtRest(server);
    return {
      calmP99Micros: calm.p99Micros,
      attackedP99Micros: during.p99Micros,
      rssBeforeBytes,
      rssPeakBytes,
      rssAfterBytes,
      undisturbed: during.undisturbed,
      outcome,
    };
  } finally {
    await Promise.all([server.stop(), load.stop()]);
  }
}
