/*
 * A demo in virtual time whose packets are held by keys: the real server, the real clients and the real engine on a
 * machine whose clock stands still while a packet is in the air. Nobody is in a hurry, so no timer fires before its time.
 */
import chalk from 'chalk';
import { type Example, record } from '../../examples/index.js';
import type { Clock } from '../../lib/index.js';
import { tell } from '../../tracer/join/index.js';
import { awaitedFates } from '../../tracer/record/index.js';
import { withoutPreparation } from '../../tracer/select/index.js';
import { TRACE_VERSION, type TraceEvent, type TraceHeader } from '../../tracer/trace/trace.js';
import { type FaultFlags, parseFaults } from '../../transports/link/index.js';
import { parseUdpFlags, type UdpFlags } from '../../transports/udp/index.js';
import { type Keeper, virtualMachine } from '../../transports/virtual/index.js';
import { FileError } from '../failure.js';
import { fitWords } from '../fit-words.js';
import { toldToStop } from '../stopping.js';
import { MADE_BY } from '../tracing/made-by.js';
import { mustBeWritable, writeOutputs } from '../tracing/outputs.js';
import { printLine, printStory } from '../tracing/printing.js';
import { warnOfSecrets } from '../tracing/secrets.js';
import { figureOf, type ViewFlags, viewOf } from '../tracing/view-options.js';
import { type FullScreen, fullScreen } from './full-screen.js';
import { heldScreen } from './held-screen.js';
import { type Foot, type Holding, holdPackets } from './hold-packets.js';

/** How it is stepped through. */
export interface SteppedDemo extends ViewFlags {
  readonly faults?: FaultFlags;
  readonly udp?: UdpFlags;
  readonly output?: readonly string[];
  readonly showSecrets?: boolean;
}

/** One way, ms: as between two rooms of a building, so that arrows have a slope. */
const LATENCY_MS = 0.5;
/** While packets go on by themselves the screen is painted so often, ms. */
const PAINTED_EVERY_MS = 50;
const TRANSPORT = 'udp';

/**
 * Performs it; resolves when it is over, or when whoever steps ended it.
 * @throws {FileError} if the demo did not come to its end: too much was killed
 */
export async function stepDemo(example: Example, options: SteppedDemo): Promise<void> {
  const { faults, udp = {}, output, showSecrets = false } = options;
  mustBeWritable(output ?? []);
  warnOfSecrets(showSecrets);
  const network = parseFaults({ ...example.faults, ...faults });
  const fates = awaitedFates((datagram) => holding.holder.held.some((packet) => packet.datagram === datagram));
  let goOn = () => {};
  let prepares = false;
  let shownFromNs: number | undefined;
  const keeper: Keeper = {
    hold: (packet) => (prepares ? void packet.pass() : holding.holder.hold(packet)),
    get holds() {
      return holding.holder.held.length > 0;
    },
    released: () =>
      new Promise((resolve) => {
        goOn = resolve;
      }),
    entered: (datagram, fate) => fates.decide(datagram, { fate }),
  };
  const linkCounts = { sent: 0, lost: 0 };
  const { host, run } = virtualMachine({
    ...{ seed: network?.seed ?? 1, faults: network, linkCounts, latencyMs: LATENCY_MS, keeper },
    engine: parseUdpFlags(udp, network),
  });
  const header: TraceHeader = {
    ...{ format: 'chatwire-trace', version: TRACE_VERSION, title: example.title, source: 'virtual', madeBy: MADE_BY },
    ...{ secrets: showSecrets ? 'shown' : 'masked', startedAtMs: host.clock.now() },
  };
  const events: TraceEvent[] = [];
  const { columns: _, ...view } = viewOf(options);
  const soFar = () =>
    withoutPreparation(tell({ header, events }, { goesOn: true }), { ...header, ...(shownFromNs !== undefined && { shownFromNs }) });
  let back = 0;
  const holding: Holding = holdPackets({
    clock: host.clock,
    look: (rows) => {
      back = Math.max(0, back + rows);
    },
    did: (words, { datagram }) => fates.decide(datagram, { note: words }),
    changed() {
      back = 0;
      fates.goOn();
      if (!keeper.holds) goOn();
    },
    shown: (foot) =>
      seldom(
        fullScreen((columns, rows) => {
          const screen = heldScreen(soFar(), view, foot(), { columns, rows, back });
          back = screen.back;
          return screen.lines;
        }),
        () => keeper.holds,
      ),
  });

  const stopped = toldToStop();
  const asked = Promise.race([stopped, holding.start()]).then(() => 'asked' as const);
  const performed = run(() =>
    record(example, {
      ...{ transport: TRANSPORT, faults, udp, madeBy: MADE_BY, showSecrets, machine: { host, linkCounts } },
      afterwards: async () => {
        while (holding.holder.delayed > 0) await passing(host.clock, LATENCY_MS);
        await passing(host.clock, 2 * LATENCY_MS); // the last of them arrives
      },
      live: { event: (event) => void events.push(event) },
      before: fates.recorder,
      preparing(is) {
        prepares = is;
        if (!is) shownFromNs = Math.round((host.clock.now() - header.startedAtMs) * 1e6);
      },
    }),
  );
  const first = await Promise.race([asked, performed.catch(() => {})]);
  await holding.close();
  const trace = await performed.catch((error: unknown) => {
    throw new FileError(`The demo did not come to its end: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const story = tell(trace);
  const shown = withoutPreparation(story, trace.header);
  if (first === 'asked') {
    printLine(fitWords('What was held was let go, and the demo has run to its end unseen.', process.stdout));
  } else if (!output) {
    printLine(chalk.bold(example.title));
    printStory(shown, options);
  }
  if (output) await writeOutputs(output, { trace, story, shown, view: figureOf(options) });
}

/** Resolves when time has passed. */
function passing(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimer(ms, resolve));
}

/** A screen that is painted at once where the run stands still, and else now and then. */
function seldom(screen: FullScreen, stands: () => boolean): Foot {
  let paintedAt = Number.NEGATIVE_INFINITY;
  return {
    update() {
      const now = performance.now();
      if (!stands() && now - paintedAt < PAINTED_EVERY_MS) return;
      screen.paint();
      paintedAt = performance.now();
    },
    close: () => screen.close(),
  };
}
