/*
 * What a run is made from. Together with the interventions this is all: the same settings are the same run, in any
 * browser and in Node. THE table of limits stands here; forms, addresses and tests follow from it.
 */
import type { ArqName, CongestionName } from '../../transports/udp/wire/packets.js';
import type { WindowCounts } from '../grid.js';

/** The ways of repairing losses. */
const RUN_ARQ = ['stop-and-wait', 'go-back-n', 'selective-repeat', 'sack'] as const satisfies readonly ArqName[];
/** The congestion controls. */
const RUN_CONGESTION = ['none', 'newreno', 'cubic'] as const satisfies readonly CongestionName[];
/** `textbook`: a timer of one round trip that never changes, one segment in a packet, ACKs that take no time. `chat`: as chats have it. */
const RUN_PROFILES = ['textbook', 'chat'] as const;
/** What a window counts. */
const RUN_COUNTS = ['outstanding', 'span'] as const satisfies readonly WindowCounts[];

/** The settings of a run. */
export interface RunSettings {
  readonly arq: (typeof RUN_ARQ)[number];
  readonly congestion: (typeof RUN_CONGESTION)[number];
  readonly profile: (typeof RUN_PROFILES)[number];
  readonly counts: WindowCounts;
  /** Segments that may be unacknowledged; with `sack`, which has no window of its own, the receiver's credit. */
  readonly window: number;
  /** Segments to send; 0: endless. */
  readonly segments: number;
  /** A small message so often, in milliseconds, instead of full segments; 0: as fast as may be. */
  readonly everyMs: number;
  /** Share of the packets to the receiver that are lost. */
  readonly loss: number;
  /** Share of the packets back. */
  readonly ackLoss: number;
  /** One way, in milliseconds. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Share of the packets that are held back. */
  readonly reorder: number;
  /** Kilobits a second, each way. */
  readonly kbit: number;
  /** Bytes that wait before the line, in kilobytes; more are lost. Only with `chat`. */
  readonly queueKb: number;
  /** SYNs that somebody sends under another's address. */
  readonly forgedSyns: number;
  readonly seed: number;
}

/** Where nothing else is said. */
export const RUN_DEFAULTS: RunSettings = {
  arq: 'selective-repeat',
  congestion: 'none',
  profile: 'textbook',
  counts: 'outstanding',
  window: 4,
  segments: 0,
  everyMs: 0,
  loss: 0.1,
  ackLoss: 0,
  delayMs: 80,
  jitterMs: 0,
  reorder: 0,
  kbit: 240,
  queueKb: 64,
  forgedSyns: 0,
  seed: 1,
};

/** What a number may be. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

const whole = (least: number, most: number): Range => ({ least, most, isWhole: true });
const real = (least: number, most: number): Range => ({ least, most, isWhole: false });

/** The settings that are numbers, and their limits. */
export const NUMBERS = {
  window: whole(1, 256),
  segments: whole(0, 10_000),
  everyMs: real(0, 10_000),
  loss: real(0, 0.9),
  ackLoss: real(0, 0.9),
  delayMs: real(1, 5000),
  jitterMs: real(0, 1000),
  reorder: real(0, 0.9),
  kbit: real(8, 100_000),
  queueKb: real(2, 1024),
  forgedSyns: whole(0, 20),
  seed: whole(0, 2 ** 31),
} as const satisfies Partial<Record<keyof RunSettings, Range>>;

/** The settings that are one of a few names. */
export const CHOICES = {
  arq: RUN_ARQ,
  congestion: RUN_CONGESTION,
  profile: RUN_PROFILES,
  counts: RUN_COUNTS,
} as const satisfies Partial<Record<keyof RunSettings, readonly string[]>>;

/** The name of a setting that is a number. */
export type NumberName = keyof typeof NUMBERS;
/** The name of a setting that is one of a few names. */
export type ChoiceName = keyof typeof CHOICES;
