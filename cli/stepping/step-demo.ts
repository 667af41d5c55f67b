/*
 * A demo in virtual time whose packets are held by keys: the real server, the real clients and the real engine on a
 * machine whose clock stands still while a packet is in the air. Nobody is in a hurry, so no timer fires before its time.
 */
import chalk from 'chalk';
import { type Example, record } from '../../examples/index.js';
import { tell } from '../../tracer/join/index.js';
import { awaitedFates } from '../../tracer/record/index.js';
import { withoutPreparation } from '../../tracer/select/index.js';
import type { TraceEvent, TraceHeader } from '../../tracer/trace/trace.js';
import { type FaultFlags, faultsInWords, parseFaults } from '../../transports/link/index.js';
import { parseUdpFlags, type UdpFlags } from '../../transports/udp/index.js';
import { type Keeper, virtualMachine } from '../../transports/virtual/index.js';
import { FileError } from '../failure.js';
import { toldToStop } from '../stopping.js';
import { type LiveView, liveView } from '../tracing/live.js';
import { MADE_BY } from '../tracing/made-by.js';
import { writeOutputs } from '../tracing/outputs.js';
import { warnOfSecrets } from '../tracing/secrets.js';
import { figureOf, type ViewFlags, viewOf } from '../tracing/view-options.js';
import { type Holding, holdPackets } from './hold-packets.js';

/** How it is stepped through. */
export interface SteppedDemo extends ViewFlags {
  readonly faults?: FaultFlags;
  readonly udp?: UdpFlags;
  readonly output?: readonly string[];
  readonly showSecrets?: boolean;
}

/** One way, ms: as between two rooms of a building, so that arrows have a slope. */
const LATENCY_MS = 0.5;
/** An arrow whose end is not seen after so long is drawn as it stands: nobody was there to take it. */
const PATIENCE_MS = 60_000;
const TRANSPORT = 'udp';

/**
 * Performs it; resolves when it is over, or when whoever steps ended it.
 * @throws {FileError} if the demo did not come to its end: too much was killed
 */
export async function stepDemo(example: Example, options: SteppedDemo): Promise<void> {
  const { faults, udp = {}, output, showSecrets = false } = options;
  warnOfSecrets(showSecrets);
  const network = parseFaults({ ...example.faults, ...faults });
  const fates = awaitedFates((datagram) => holding.holder.held.some((packet) => packet.datagram === datagram));
  let wake = () => {};
  const keeper: Keeper = {
    hold: (packet) => holding.holder.hold(packet),
    get holds() {
      return holding.holder.held.length > 0;
    },
    released: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    entered: (datagram, fate) => fates.decide(datagram, { fate }),
  };
  const linkCounts = { sent: 0, lost: 0 };
  const { host, run } = virtualMachine({
    ...{ seed: network?.seed ?? 1, faults: network, linkCounts, latencyMs: LATENCY_MS, keeper },
    engine: parseUdpFlags(udp, network),
  });
  let view: LiveView | undefined;
  const startedAtMs = host.clock.now();
  const draw = () => {
    const now = host.clock.now();
    const settledMs = Math.max(now - PATIENCE_MS, Math.min(now, fates.flyingSinceMs ?? now));
    view?.settle((settledMs - startedAtMs) * 1e6 - 1);
    view?.pause();
  };
  const holding: Holding = holdPackets({
    clock: host.clock,
    did: (words, { datagram }) => fates.decide(datagram, { note: words }),
    changed() {
      fates.goOn();
      draw();
      if (!keeper.holds) wake();
    },
  });

  holding.print(chalk.bold(example.title));
  holding.print(
    chalk.dim(`In virtual time, which stands still while a packet is held.${network ? ` The network ${faultsInWords(network)}.` : ''}`),
  );
  const stopped = toldToStop();
  let ended = false;
  const live = (header: TraceHeader) => {
    view = liveView(header, viewOf(options), (line) => ended || holding.print(line));
    return { event: (event: TraceEvent) => void view?.event(event) };
  };
  const performed = run(() =>
    record(example, {
      ...{ transport: TRANSPORT, faults, udp, madeBy: MADE_BY, showSecrets, machine: { host, linkCounts }, live },
      before: fates.recorder,
    }),
  );
  performed.catch(() => {}); // told below
  const asked = Promise.race([stopped, holding.start()]).then(() => 'asked' as const);
  const first = await Promise.race([asked, performed.catch(() => {})]);
  if (first === 'asked') {
    draw();
    ended = true;
  }
  await holding.close();
  const trace = await performed.catch((error: unknown) => {
    throw new FileError(`The demo did not come to its end: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  view?.finish();
  if (first === 'asked') holding.print('What was held was let go, and the demo has run to its end unseen.');
  if (!output) return;
  const story = tell(trace);
  await writeOutputs(output, { trace, story, shown: withoutPreparation(story, trace.header), view: figureOf(options) });
}
