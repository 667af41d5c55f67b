/*
 * What a link does to what it carries, as data; and how it is written on a command line:
 * `--loss 0.1 --delay 50 --jitter 10 --dup 0.01 --reorder 0.05 --corrupt 0.01 --rate 1mbit --mtu 1500 --seed 7 --drop "server DATA 2"`.
 */
import { TransportError } from '../../lib/transport.js';

/** Which end sent something. */
export type LinkSide = 'client' | 'server';

/** Exactly one datagram to drop: the nth (from 1) that this side sends with such a packet or frame in it. */
export interface DropRule {
  readonly side: LinkSide;
  /** A name as in the table of packets: `DATA`, `ACK`, `SYN`, ... */
  readonly name: string;
  readonly nth: number;
}

/** A time during which nothing gets through, in milliseconds since the link began. */
export interface Partition {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** How wide the way is from a time on, in milliseconds since the link began. */
export interface MtuStep {
  readonly fromMs: number;
  /** The largest IP packet that gets through; a larger one is lost, and nobody is told. */
  readonly bytes: number;
}

/** What goes wrong on a link. */
export interface Faults {
  /** The same seed, the same faults, if the same is sent. Default 1. */
  readonly seed: number;
  /** How likely a datagram is lost, 0 to 1. Default 0, as for all that follow. */
  readonly loss: number;
  /** One way, in milliseconds. */
  readonly delayMs: number;
  /** The delay varies by so much up and down. Does not change the order: that is what `reorder` is for. */
  readonly jitterMs: number;
  /** How likely a datagram comes twice. */
  readonly duplicate: number;
  /** How likely a datagram is held back, so that later ones overtake it. */
  readonly reorder: number;
  /** How likely one bit of a datagram is flipped. */
  readonly corrupt: number;
  /** Bits a second. Default Infinity. */
  readonly bitsPerSecond: number;
  /** How many bytes wait before a slow link; what comes on top is lost. Default 65,536. */
  readonly queueBytes: number;
  /** The MTU (maximum transmission unit), and how it changes. Default: none, so that every datagram gets through. */
  readonly mtu: readonly MtuStep[];
  readonly drop: readonly DropRule[];
  readonly partitions: readonly Partition[];
}

/** A link without faults. */
export const NO_FAULTS: Faults = {
  seed: 1,
  loss: 0,
  delayMs: 0,
  jitterMs: 0,
  duplicate: 0,
  reorder: 0,
  corrupt: 0,
  bitsPerSecond: Number.POSITIVE_INFINITY,
  queueBytes: 65_536,
  mtu: [],
  drop: [],
  partitions: [],
};

/** The flags as a command line gives them. */
export interface FaultFlags {
  readonly loss?: string;
  readonly delay?: string;
  readonly jitter?: string;
  readonly dup?: string;
  readonly reorder?: string;
  readonly corrupt?: string;
  readonly rate?: string;
  readonly mtu?: readonly string[];
  readonly seed?: string;
  readonly drop?: readonly string[];
}

/** Headers of IPv4 and UDP: a datagram may be so much smaller than the MTU. */
export const HEADERS_BYTES = 28;
/** Narrower than this no connection comes about: a SYN has 1,200 bytes. */
const LEAST_MTU = 1200 + HEADERS_BYTES;

const UNITS: Readonly<Record<string, number>> = { bit: 1, kbit: 1e3, mbit: 1e6, gbit: 1e9 };

/**
 * Reads the flags; nothing if none is given.
 * @throws {TransportError} `unsupported`, naming the flag and how to write it.
 */
export function parseFaults(flags: FaultFlags): Faults | undefined {
  if (Object.values(flags as Record<string, unknown>).every((value) => value === undefined)) return undefined;
  const { seed, loss, delay, jitter, dup, reorder, corrupt, rate, mtu, drop } = flags;
  return {
    ...NO_FAULTS,
    seed: seed === undefined ? NO_FAULTS.seed : wholeNumber('--seed', seed),
    loss: share('--loss', loss),
    delayMs: milliseconds('--delay', delay),
    jitterMs: milliseconds('--jitter', jitter),
    duplicate: share('--dup', dup),
    reorder: share('--reorder', reorder),
    corrupt: share('--corrupt', corrupt),
    bitsPerSecond: rate === undefined ? NO_FAULTS.bitsPerSecond : bits(rate),
    mtu: (mtu ?? []).map(mtuStep).sort((one, other) => one.fromMs - other.fromMs),
    drop: (drop ?? []).map(dropRule),
  };
}

function share(flag: string, text: string | undefined): number {
  if (text === undefined) return 0;
  const value = number(text);
  if (value >= 0 && value <= 1) return value;
  throw wrong(flag, text, 'a share from 0 to 1, for example 0.1 for one in ten');
}

function milliseconds(flag: string, text: string | undefined): number {
  if (text === undefined) return 0;
  const value = number(text);
  if (value >= 0 && value <= 3_600_000) return value;
  throw wrong(flag, text, 'milliseconds, for example 50');
}

function wholeNumber(flag: string, text: string): number {
  const value = number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw wrong(flag, text, 'a whole number, for example 7');
}

function bits(text: string): number {
  const [, amount, unit] = /^([\d.]+)\s*([a-z]+)$/i.exec(text.trim()) ?? [];
  const value = number(amount ?? '') * (UNITS[(unit ?? '').toLowerCase()] ?? Number.NaN);
  if (value >= 1) return value;
  throw wrong('--rate', text, 'bits a second with a unit (bit, kbit, mbit, gbit), for example 1mbit');
}

function mtuStep(text: string): MtuStep {
  const [, bytes, fromMs] = /^\s*(\d{1,5})(?:\s+after\s+(\d{1,9}))?\s*$/i.exec(text) ?? [];
  if (bytes && Number(bytes) >= LEAST_MTU && Number(bytes) <= 65_535) return { fromMs: Number(fromMs ?? 0), bytes: Number(bytes) };
  throw wrong(
    '--mtu',
    text,
    `the bytes of the largest IP packet, from ${LEAST_MTU} to 65535, for example 1500; or "1500 after 2000" for what changes, in milliseconds`,
  );
}

function dropRule(text: string): DropRule {
  const [, side, name, nth] = /^\s*(client|server)\s+([a-z]+)\s+(\d{1,9})\s*$/i.exec(text) ?? [];
  if (side && name && Number(nth) > 0) return { side: side.toLowerCase() as LinkSide, name: name.toUpperCase(), nth: Number(nth) };
  throw wrong('--drop', text, 'who sends, what, and the how many-th, for example "server DATA 2"');
}

function number(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function wrong(flag: string, text: string, how: string): TransportError {
  return new TransportError('unsupported', `${flag} "${text}" is not understood: write ${how}.`);
}
