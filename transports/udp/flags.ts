/*
 * How UDP repairs losses and adapts its rate, as a command line says it:
 * `--arq go-back-n --window 7 --cc none --profile textbook`. Declared once, as the flags of a bad network are.
 */
import { TransportError } from '../../lib/transport.js';
import type { Faults } from '../link/index.js';
import { ARQ } from './engine/arq/index.js';
import { CONGESTION } from './engine/congestion/index.js';
import type { EngineSettings } from './engine/settings.js';
import { textbook } from './textbook.js';
import { type ArqName, type CongestionName, SAFE_DATAGRAM_BYTES } from './wire/packets.js';

/** The flags as a command line gives them. */
export interface UdpFlags {
  readonly arq?: string;
  readonly window?: string;
  readonly cc?: string;
  readonly profile?: string;
}

/** One flag. */
export interface UdpFlag {
  /** Without its dashes. */
  readonly name: keyof UdpFlags;
  /** What its value is called in a help text. */
  readonly value: string;
  /** What it does, in a few words. */
  readonly does: string;
}

/** The ways of repairing losses, by name. */
export const ARQ_NAMES = Object.keys(ARQ) as readonly ArqName[];
/** The congestion controls, by name. */
export const CONGESTION_NAMES = Object.keys(CONGESTION) as readonly CongestionName[];

/** The flags, in the order of a help text. */
export const UDP_FLAGS: readonly UdpFlag[] = [
  { name: 'arq', value: 'name', does: `how losses are repaired: ${ARQ_NAMES.join(', ')} (default sack)` },
  { name: 'window', value: 'segments', does: 'how many may be unacknowledged with go-back-n and selective-repeat (default 64)' },
  { name: 'cc', value: 'name', does: `congestion control: ${CONGESTION_NAMES.join(', ')} (default newreno)` },
  { name: 'profile', value: 'name', does: 'textbook: a fixed timer, one segment a datagram, no pacing and no congestion control' },
];

/** What a real machine may be late by, beyond the line, before a textbook's fixed timer is over. */
const SLACK_MS = 20;

/** The flags among the options of a command line, whatever else there is. */
export function udpFlagsIn(options: object): UdpFlags {
  const given = Object.entries(options).filter(([name, value]) => value !== undefined && UDP_FLAGS.some((flag) => flag.name === name));
  return Object.fromEntries(given);
}

/**
 * Reads the flags; nothing if none is given. The textbook's timer fits the network that was ordered with them.
 * @throws {TransportError} `unsupported`, naming the flag and what may be said.
 */
export function parseUdpFlags(flags: UdpFlags, faults?: Faults): Partial<EngineSettings> | undefined {
  const { arq, window, cc, profile } = flags;
  if (arq === undefined && window === undefined && cc === undefined && profile === undefined) return undefined;
  return {
    ...(profile !== undefined && { arq: 'selective-repeat', ...profileOf(profile, faults) }),
    ...(arq !== undefined && { arq: oneOf('--arq', arq, ARQ_NAMES) }),
    ...(window !== undefined && { arqWindowSegments: segmentsIn(window) }),
    ...(cc !== undefined && { congestion: oneOf('--cc', cc, CONGESTION_NAMES) }),
  };
}

function profileOf(name: string, faults: Faults | undefined): Partial<EngineSettings> {
  oneOf('--profile', name, ['textbook']);
  const { delayMs = 0, jitterMs = 0, bitsPerSecond = Number.POSITIVE_INFINITY } = faults ?? {};
  const transmissionMs = (SAFE_DATAGRAM_BYTES * 8000) / bitsPerSecond;
  return textbook({ transmissionMs, propagationMs: delayMs + jitterMs, slackMs: SLACK_MS });
}

function oneOf<Name extends string>(flag: string, name: string, names: readonly Name[]): Name {
  if ((names as readonly string[]).includes(name)) return name as Name;
  throw new TransportError('unsupported', `${flag} "${name}" is not there; there is ${names.join(', ')}.`);
}

function segmentsIn(text: string): number {
  const segments = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isInteger(segments) && segments >= 1 && segments <= 1_000_000) return segments;
  throw new TransportError('unsupported', `--window "${text}" is not understood: write a whole number from 1 up, for example 7.`);
}
