/*
 * One run of one peer at one task: two fresh processes, a warm-up, and as many undisturbed slices as are wanted.
 */
import type { Step } from '../fanout/measure.js';
import { startChild } from '../fanout/processes.js';
import { calmSlices, type SliceOptions } from '../fanout/slices.js';
import type { UdpLoadHandlers } from './load-process.js';
import type { Errand, UdpServerHandlers } from './server-process.js';

const metrics = ['perSecond', 'cpuMicrosEach', 'serverCore', 'loadCore'] as const;

/** How long. */
export interface RunSettings {
  readonly warmUpMs: number;
  readonly slices: SliceOptions;
}

/** Measures; `onTrouble` is told of what a line counted that should be 0. */
export async function measure(
  errand: Errand,
  { warmUpMs, slices: options }: RunSettings,
  onTrouble: (text: string) => void,
): Promise<Step[]> {
  const server = startChild<UdpServerHandlers>('../udp/server-process.js', 0);
  const load = startChild<UdpLoadHandlers>('../udp/load-process.js', 1);
  try {
    const { port } = await server.ask('serve', errand);
    await load.ask('dial', { ...errand, port });
    await new Promise((resolve) => setTimeout(resolve, warmUpMs));
    const { slices, enough } = await calmSlices({ server, load }, options);
    const troubles = Object.entries({ ...(await server.ask('troubles', null)), ...(await load.ask('troubles', null)) });
    const counted = troubles.filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`);
    if (counted.length > 0) onTrouble(`${errand.peer} ${errand.task}: ${counted.join(', ')}`);
    if (!enough) return [{ metrics, figures: undefined }];
    const sumOf = (of: (slice: (typeof slices)[number]) => number) => slices.reduce((sum, slice) => sum + of(slice), 0);
    const elapsed = sumOf((slice) => slice.toMicros - slice.fromMicros);
    const delivered = sumOf((slice) => slice.delivered);
    if (delivered === 0) throw new Error('nothing was delivered');
    const [serverMicros, loadMicros] = [sumOf((slice) => slice.serverMicros), sumOf((slice) => slice.loadMicros)];
    const figures = {
      perSecond: delivered / (elapsed / 1e6),
      cpuMicrosEach: (serverMicros + loadMicros) / delivered,
      serverCore: serverMicros / elapsed,
      loadCore: loadMicros / elapsed,
    };
    return [{ metrics, figures }];
  } finally {
    await Promise.all([server.stop(), load.stop()]);
  }
}
