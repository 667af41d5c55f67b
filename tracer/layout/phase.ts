/*
 * Phases of a connection: its handshake, its end. A step says `handshake 1/3`; here that is taken apart, and it is told
 * where a phase begins, so that a view can label it once at the margin.
 */
import type { ArrowStep } from '../join/story.js';

/** A step's place in a phase. */
export interface Phase {
  /** `handshake`, `closing`. */
  readonly name: string;
  /** `1/3`, if the step is one of a known number. */
  readonly part: string | undefined;
  readonly connection: string;
  /** Whether the phase is to be labelled here: it begins, or another came between. */
  readonly begins: boolean;
}

/** Tells the phases of steps that come one after the other. */
export function phaseTeller(): (step: ArrowStep) => Phase | undefined {
  let last = '';
  return ({ phase, connection }) => {
    if (phase === undefined) return undefined;
    const [, name = phase, part] = /^(.*?)\s+(\d+\/\d+)$/.exec(phase) ?? [];
    const key = `${connection} ${name}`;
    const begins = key !== last;
    last = key;
    return { name, part, connection, begins };
  };
}
