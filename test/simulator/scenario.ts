/*
 * What a seed draws before a run begins, as plain data: who there is, what carries the bytes, and what goes wrong when.
 * What people do is drawn on the way (person.ts).
 */
import type { ServerLimits } from '../../lib/server/limits.js';
import { type Faults, type MtuStep, NO_FAULTS } from '../../transports/link/index.js';
import { DEFAULTS, type EngineSettings } from '../../transports/udp/engine/settings.js';
import { Dice } from './dice.js';

/** A server's process ends, and another one begins. */
export interface Restart {
  readonly server: number;
  readonly atMs: number;
  readonly downMs: number;
  /** By a crash, or in order. */
  readonly how: 'crash' | 'shutdown';
  readonly log: 'same' | 'fresh';
}

/** What pipes do to bytes. */
export interface PipeFaults {
  readonly delayMs: number;
  readonly jitterMs: number;
  /** How likely a connection breaks after some thousand bytes. */
  readonly cut: number;
  /** How likely nobody is told of a break. */
  readonly silent: number;
}

/** Everything that is settled before the run. */
export interface Scenario {
  readonly seed: number;
  readonly transport: 'pipe' | 'udp';
  readonly servers: number;
  readonly clients: number;
  /** How long people act and things go wrong. */
  readonly activeMs: number;
  readonly limits: Partial<ServerLimits>;
  /** Messages that a group keeps. */
  readonly history: number;
  readonly pipe: PipeFaults;
  readonly link: Faults;
  readonly engine: Pick<
    EngineSettings,
    'creditSegments' | 'maxDatagramBytes' | 'discovery' | 'searchAfterDatagrams' | 'pacing' | 'bundling'
  >;
  readonly restarts: readonly Restart[];
  /** When a NAT gives somebody another address. */
  readonly rebindings: readonly number[];
  /** How long a password takes at most, and how likely the hasher has no room. */
  readonly passwordMs: number;
  readonly busy: number;
  /** Somebody sends the servers what is not theirs to send. */
  readonly attacked: boolean;
  /** What people rest between two deeds, about. */
  readonly restMs: number;
}

/** What a person does in a run, about, so that the busiest ones do not go on for the longest. */
const MOST_DEEDS = 250;

/** Draws the scenario of a seed. */
export function drawScenario(seed: number): Scenario {
  const dice = new Dice(seed);
  const transport = dice.chance(0.5) ? 'udp' : 'pipe';
  const restMs = dice.pick([100, 400, 1_500, 5_000]);
  const activeMs = Math.min(dice.pick([10_000, 30_000, 60_000, 120_000]), MOST_DEEDS * restMs);
  const servers = dice.chance(0.2) ? 2 : 1;
  const mtu = drawMtu(dice, activeMs);
  return {
    seed,
    transport,
    servers,
    clients: dice.whole(2, dice.pick([3, 6, 10])),
    activeMs,
    limits: {
      emptyGroupKeptMs: 600_000,
      seatKeptMs: dice.pick([5_000, 20_000, 60_000, 60_000]),
      ...(dice.chance(0.1) && { maxUnsentBytes: 48 * 1024 }),
      ...(dice.chance(0.1) && { messagesPerSecond: 5, messageBurst: 10 }),
      ...(dice.chance(0.1) && { presenceUpTo: 3 }),
    },
    history: dice.pick([5, 40, 512, 512]),
    pipe: {
      delayMs: dice.pick([0, 1, 20, 200]),
      jitterMs: dice.pick([0, 1, 30]),
      cut: dice.pick([0, 0.2, 0.7]),
      silent: dice.pick([0, 0.3]),
    },
    link: { ...drawFaults(dice, activeMs), mtu },
    engine: {
      creditSegments: dice.pick([2, 16, 512]),
      maxDatagramBytes: dice.pick([1200, 1452, 4000]),
      discovery: mtu.length > 0 || dice.chance(0.8), // a size that is fixed does not get through everywhere
      searchAfterDatagrams: dice.pick([1, 1, 8]),
      pacing: dice.chance(0.8),
      bundling: dice.chance(0.8),
    },
    restarts: drawRestarts(dice, servers, activeMs),
    rebindings: Array.from({ length: dice.pick([0, 0, 1, 5]) }, () => dice.between(0, activeMs)),
    passwordMs: dice.pick([0, 5, 300, 4_000]),
    busy: dice.pick([0, 0, 0.2]),
    attacked: dice.chance(0.3),
    restMs,
  };
}

function drawFaults(dice: Dice, activeMs: number): Faults {
  const partitions = Array.from({ length: dice.pick([0, 0, 1, 3]) }, () => {
    const fromMs = dice.between(0, activeMs);
    return { fromMs, untilMs: fromMs + dice.pick([500, 3_000, 20_000, 45_000]) };
  });
  return {
    ...NO_FAULTS,
    seed: dice.whole(1, 2 ** 31),
    loss: dice.pick([0, 0.01, 0.1, 0.3]),
    delayMs: dice.pick([0, 1, 25, 150]),
    jitterMs: dice.pick([0, 5, 40]),
    duplicate: dice.pick([0, 0, 0.05, 0.3]),
    reorder: dice.pick([0, 0, 0.05, 0.3]),
    corrupt: dice.pick([0, 0, 0.02, 0.1]),
    bitsPerSecond: dice.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1e6, 128e3]),
    partitions,
  };
}

/** How wide the ways are, and when that changes. */
function drawMtu(dice: Dice, activeMs: number): MtuStep[] {
  const bytes = () => dice.pick([1228, 1280, 1500, 9000]);
  const changes = Array.from({ length: dice.pick([0, 0, 1, 3]) }, () => ({ fromMs: dice.between(0, activeMs), bytes: bytes() }));
  return dice.chance(0.5) ? [{ fromMs: 0, bytes: bytes() }, ...changes.sort((one, other) => one.fromMs - other.fromMs)] : [];
}

function drawRestarts(dice: Dice, servers: number, activeMs: number): Restart[] {
  return Array.from({ length: dice.pick([0, 0, 0, 1, 2]) }, () => ({
    server: dice.whole(0, servers - 1),
    atMs: dice.between(0, activeMs),
    downMs: dice.pick([0, 500, 5_000]),
    how: dice.pick(['crash', 'shutdown'] as const),
    log: dice.pick(['same', 'fresh'] as const),
  }));
}

/** The engine's settings of one host. Only clients choose how losses are repaired. */
export function drawEngine({ engine }: Scenario, dice: Dice): EngineSettings {
  return {
    ...DEFAULTS,
    ...engine,
    takesOffer: dice.chance(0.3),
    arq: dice.pick(['sack', 'sack', 'selective-repeat', 'go-back-n', 'stop-and-wait']),
    congestion: dice.pick(['newreno', 'newreno', 'fixed', 'cubic', 'none']),
    fixedWindowBytes: dice.pick([4_000, 128 * 1024]),
    arqWindowSegments: dice.pick([1, 8, 64]),
    arqWindowCounts: dice.pick(['span', 'outstanding'] as const),
    coalescing: dice.chance(0.8),
    fixedRtoMs: dice.pick([0, 0, 0, 500]),
  };
}

/** A scenario in one paragraph. */
export function describe({ seed, link, pipe, engine, rebindings, ...rest }: Scenario): string {
  const carried = rest.transport === 'udp' ? { link, engine, rebindings } : { pipe };
  return JSON.stringify({ seed, ...rest, ...carried });
}
