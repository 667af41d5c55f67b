/*
 * What a member costs a chat server over UDP, and the same over TCP beside it: memory, timers, and processor time when all are silent
 * and when they talk. A server and a load, each on a core.
 */
import type { Step } from '../../fanout/measure.js';
import { startChild } from '../../fanout/processes.js';
import { calmSlices, readBoth, sliceBetween } from '../../fanout/slices.js';
import type { UdpSettings } from '../settings.js';
import type { CrowdLoadHandlers } from './load-process.js';
import type { CrowdServerHandlers } from './server-process.js';

/** Over what a crowd can come. */
export const crowdTransports = ['udp', 'tcp'] as const;

const membersPerGroup = 10;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One run over one transport. */
export async function measureCrowd(transport: string, settings: UdpSettings): Promise<Step[]> {
  const { connections, deliveriesPerSecond, silentMs, slices: options, warmUpMs } = settings;
  const server = startChild<CrowdServerHandlers>('../udp/crowd/server-process.js', 0);
  const load = startChild<CrowdLoadHandlers>('../udp/crowd/load-process.js', 1);
  const pair = { server, load };
  try {
    const served = await server.ask('serve', { transport, groups: Math.ceil(connections / membersPerGroup) });
    const crowd = { ...served, membersPerGroup };
    await load.ask('join', { ...crowd, groups: served.groups.slice(0, Math.ceil(served.groups.length / 10)) });
    await load.ask('leave', null);
    await sleep(1500); // also for what was freed, and the last words of UDP
    const empty = await server.ask('reading', { collect: true });
    await load.ask('join', crowd);
    await sleep(1500);
    const full = await server.ask('reading', { collect: true });

    const before = await readBoth(pair);
    await sleep(silentMs);
    const silence = sliceBetween(before, await readBoth(pair));
    const { timers } = await server.ask('timers', null);

    await load.ask('talkEvenly', { deliveriesPerSecond, maxMs: warmUpMs + 2 * options.maxMs });
    await sleep(warmUpMs);
    const { slices, enough } = await calmSlices(pair, options);
    await load.ask('stop', null);

    const seconds = slices.reduce((sum, { fromMicros, toMicros }) => sum + (toMicros - fromMicros) / 1e6, 0);
    const serverMicros = slices.reduce((sum, slice) => sum + slice.serverMicros, 0);
    const delivered = slices.reduce((sum, slice) => sum + slice.delivered, 0);
    const standing = { kibPerConnection: (full.rssBytes - empty.rssBytes) / 1024 / connections, timers };
    const silent = { silentMicros: silence.serverMicros / connections / (silentMs / 1000) };
    const { p50Micros, p99Micros } = await load.ask('latency', { spans: slices });
    const talking = {
      talkingMicros: serverMicros / connections / seconds,
      microsPerDelivery: serverMicros / delivered,
      p50Micros,
      p99Micros,
    };
    const calm = silence.foreignShare <= options.maxForeignShare;
    return [
      { metrics: Object.keys(standing), figures: standing },
      { metrics: Object.keys(silent), figures: calm ? silent : undefined },
      { metrics: Object.keys(talking), figures: enough ? talking : undefined },
    ];
  } finally {
    await Promise.all([server.stop(), load.stop()]);
  }
}
