/*
 * One run of one peer: starts the two processes, drives them through the steps, and returns the figures of each step. What other
 * programs disturbed beyond mending is undefined; nothing is repeated or compared here.
 */
import type { LoadHandlers } from './load-process.js';
import { type Child, startChild } from './processes.js';
import type { Scenario, Settings } from './scenario.js';
import type { ServerHandlers } from './server-process.js';
import { calmSlices, readBoth, type Slice, sliceBetween } from './slices.js';

/** The figures of a run, by metric. */
export type Figures = Readonly<Record<string, number>>;

/** What one step of a run measures. */
export interface Step {
  readonly metrics: readonly string[];
  /** Undefined when other programs did not leave us alone long enough. */
  readonly figures: Figures | undefined;
}

interface Pair {
  readonly server: Child<ServerHandlers>;
  readonly load: Child<LoadHandlers>;
}

const joinsAtOnce = 32;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Runs `steps` with a fresh server and a fresh load, and ends both whatever happens. */
async function withPair<T>(steps: (pair: Pair) => Promise<T>): Promise<T> {
  const pair: Pair = {
    server: startChild<ServerHandlers>('./server-process.js', 0),
    load: startChild<LoadHandlers>('./load-process.js', 1),
  };
  try {
    return await steps(pair);
  } finally {
    await Promise.all([pair.server.stop(), pair.load.stop()]);
  }
}

const sumOf = (slices: readonly Slice[], of: (slice: Slice) => number) => slices.reduce((sum, slice) => sum + of(slice), 0);

async function saturate({ server, load }: Pair, scenario: Scenario, settings: Settings): Promise<Step> {
  const metrics = ['deliveriesPerSecond', 'serverMicrosPerDelivery', 'serverCore', 'loadCore'];
  await load.ask('saturate', scenario);
  await sleep(settings.warmUpMs);
  const { slices, enough } = await calmSlices({ server, load }, settings.saturated);
  await load.ask('stop', null);
  if (!enough) return { metrics, figures: undefined };
  const elapsed = sumOf(slices, (slice) => slice.toMicros - slice.fromMicros);
  const delivered = sumOf(slices, (slice) => slice.delivered);
  const serverMicros = sumOf(slices, (slice) => slice.serverMicros);
  const figures = {
    deliveriesPerSecond: delivered / (elapsed / 1e6),
    serverMicrosPerDelivery: serverMicros / delivered,
    serverCore: serverMicros / elapsed,
    loadCore: sumOf(slices, (slice) => slice.loadMicros) / elapsed,
  };
  return { metrics, figures };
}

async function talkEvenly({ server, load }: Pair, settings: Settings): Promise<Step> {
  const metrics = ['p50Micros', 'p99Micros', 'latenessP99Micros'];
  const maxMs = settings.evenWarmUpMs + 2 * settings.even.maxMs;
  await load.ask('talkEvenly', { deliveriesPerSecond: settings.evenDeliveriesPerSecond, maxMs });
  await sleep(settings.evenWarmUpMs);
  const { slices: spans, enough } = await calmSlices({ server, load }, settings.even);
  await load.ask('stop', null);
  return { metrics, figures: enough ? { ...(await load.ask('latency', { spans })) } : undefined };
}

/** Saturated throughput, then open-loop latency, of one peer in one scenario. */
export function measureTalk(peer: string, scenario: Scenario, settings: Settings): Promise<Step[]> {
  return withPair(async (pair) => {
    const { server, load } = pair;
    const [served] = await Promise.all([server.ask('serve', { peer, groups: scenario.groups }), load.ask('load', { peer })]);
    await load.ask('join', { ...scenario, ...served, concurrency: joinsAtOnce });
    const saturated = await saturate(pair, scenario, settings);
    return [saturated, await talkEvenly(pair, settings)];
  });
}

const idleGroupMembers = 10;

/** Joins per second, and memory of the server per member that is in and silent. */
export function measureIdle(peer: string, settings: Settings): Promise<Step[]> {
  const { idleConnections } = settings;
  const groups = idleConnections / idleGroupMembers;
  return withPair(async (pair) => {
    const { server, load } = pair;
    const [served] = await Promise.all([server.ask('serve', { peer, groups }), load.ask('load', { peer })]);
    const crowd = { ...served, membersPerGroup: idleGroupMembers, sendersPerGroup: 0, concurrency: joinsAtOnce };

    await load.ask('join', { ...crowd, groups: served.groups.slice(0, groups / 10) });
    await load.ask('leave', null);
    await sleep(500);
    const empty = await server.ask('reading', { collect: true });
    const before = await readBoth(pair);
    const { seconds } = await load.ask('join', crowd);
    const slice = sliceBetween(before, await readBoth(pair));
    await sleep(500);
    const full = await server.ask('reading', { collect: true });

    const elapsed = slice.toMicros - slice.fromMicros;
    const joining = {
      joinsPerSecond: idleConnections / seconds,
      serverMicrosPerJoin: slice.serverMicros / idleConnections,
      serverCore: slice.serverMicros / elapsed,
      loadCore: slice.loadMicros / elapsed,
    };
    const memory = { kibPerConnection: (full.rssBytes - empty.rssBytes) / 1024 / idleConnections };
    return [
      { metrics: Object.keys(joining), figures: slice.foreignShare <= settings.saturated.maxForeignShare ? joining : undefined },
      { metrics: Object.keys(memory), figures: memory },
    ];
  });
}
