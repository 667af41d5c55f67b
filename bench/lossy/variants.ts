/*
 * The ways of Chatwire's UDP that are compared over a bad link, and how bad it is. Each end's link spoils what that end sends, so
 * messages and acknowledgements are lost alike.
 */
import { type Faults, NO_FAULTS } from '../../transports/link/index.js';
import type { UdpOptions } from '../../transports/udp/index.js';

export const delayMs = 25;
export const losses = [0, 0.01, 0.05, 0.1] as const;

/** A message is due on each connection so often, and has so many bytes. */
export const everyMs = 20;
export const messageBytes = 64;

export interface Variant {
  readonly note: string;
  readonly options: UdpOptions;
}

export const variants: Readonly<Record<string, Variant>> = {
  chatwire: { note: 'chatwire udp: with the defaults (sack, thin-stream bundling)', options: {} },
  'no bundling': { note: 'the same without bundling: a lost message waits for its repetition', options: { bundling: false } },
  'selective-repeat': {
    note: "the textbook's selective repeat: a timer for each segment (RFC 6298)",
    options: { arq: 'selective-repeat' },
  },
};

/** The options of one run: the seed makes its losses. */
export function optionsOf(variant: string, loss: number, seed: number): UdpOptions {
  const link: Faults = { ...NO_FAULTS, loss, delayMs, seed };
  return { ...(variants[variant] as Variant).options, link };
}

/** Kernel TCP under the same loss and delay, from the project's study: not measured here, as it needs netem. In milliseconds. */
export const kernelTcp: readonly { readonly loss: number; readonly p90?: number; readonly p99: number }[] = [
  { loss: 0.05, p90: 75, p99: 133 },
  { loss: 0.1, p99: 167 },
];
