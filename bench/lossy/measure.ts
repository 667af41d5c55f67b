/*
 * One run of one variant at one loss: latencies of the messages that were said while other programs left us alone, and what both ends
 * sent for them.
 */
import type { Step } from '../fanout/measure.js';
import { startChild } from '../fanout/processes.js';
import { calmSlices, type SliceOptions } from '../fanout/slices.js';
import type { LossyLoadHandlers } from './load-process.js';
import type { LossyServerHandlers, Run } from './server-process.js';

/** How long, and on how many connections at once. */
export interface LossySettings {
  readonly connections: number;
  readonly warmUpMs: number;
  readonly slices: SliceOptions;
}

const latencyMetrics = ['p50Micros', 'p90Micros', 'p99Micros', 'messages'] as const;
const lastWordsMs = 1500;

export async function measureLossy(run: Run, settings: LossySettings): Promise<Step[]> {
  const server = startChild<LossyServerHandlers>('../lossy/server-process.js', 0);
  const load = startChild<LossyLoadHandlers>('../lossy/load-process.js', 1);
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const readTraffic = () => Promise.all([server.ask('traffic', null), load.ask('traffic', null)]);
  try {
    const { address } = await server.ask('serve', run);
    await load.ask('dial', { ...run, address, count: settings.connections });
    await load.ask('talk', null);
    await sleep(settings.warmUpMs);
    const [serverBefore, loadBefore] = await readTraffic();
    const { slices, enough } = await calmSlices({ server, load }, settings.slices);
    const [serverAfter, loadAfter] = await readTraffic();
    await load.ask('stop', null);
    await sleep(lastWordsMs);
    const latency = await server.ask('latency', { spans: slices });
    const sent = (of: 'bytes' | 'datagrams') => serverAfter[of] + loadAfter[of] - serverBefore[of] - loadBefore[of];
    const messages = loadAfter.messages - loadBefore.messages;
    const traffic = { bytesEach: sent('bytes') / messages, datagramsEach: sent('datagrams') / messages };
    return [
      { metrics: latencyMetrics, figures: enough ? { ...latency } : undefined },
      { metrics: Object.keys(traffic), figures: traffic },
    ];
  } finally {
    await Promise.all([server.stop(), load.stop()]);
  }
}
