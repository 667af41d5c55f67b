/*
 * What a demo in a process of its own is told, and what it says before it begins.
 */

import type { FaultFlags } from '../../../transports/link/index.js';
import type { UdpFlags } from '../../../transports/udp/index.js';

/** Where it is looked up: among the demos, or among what the lessons perform. */
export type Repertoire = 'demos' | 'lessons';

/** What is to be performed. */
export interface Order {
  readonly name: string;
  readonly repertoire: Repertoire;
  readonly transport?: string | undefined;
  readonly faults?: FaultFlags | undefined;
  readonly udp?: UdpFlags | undefined;
  readonly hostName?: string | undefined;
  readonly showSecrets: boolean;
}

/** Its server listens. */
export interface Ready {
  readonly address: string;
  /** Where its plain-text door is, if it has one. */
  readonly door?: string | undefined;
  /** How far its clock is ahead of the wall clock, milliseconds. */
  readonly skewMs: number;
}
