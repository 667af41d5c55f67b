/*
 * Transports that do not tell their taps what happens.
 */
import type { Tap, TapEvent } from '../../../lib/trace.js';
import type { DialOptions, ListenOptions, Transport } from '../../../lib/transport.js';
import type { Broken } from './broken.js';

/** A break that shows taps only what it wants to. */
function tapping(change: (event: TapEvent, tap: Tap) => void) {
  const spoil = <T extends { tap?: Tap | undefined }>(options?: T) => {
    const tap = options?.tap;
    return tap && { ...options, tap: { event: (event: TapEvent) => change(event, tap) } };
  };
  return {
    transport: (inner: Transport) => ({
      dial: (address: string, options?: DialOptions) => inner.dial(address, spoil(options) ?? options),
      listen: (address: string, options?: ListenOptions) => inner.listen!(address, spoil(options) ?? options),
    }),
  };
}

function name(event: TapEvent): string {
  return event.layer === 'transport' ? event.what.name : event.layer;
}

const ORDERLY = 'taps see every event of an orderly connection';
const ABORT = 'taps see an abort, with its error, at both ends';
const DRAINED = 'taps see each drained, and a dial that fails';

export const brokenTaps: readonly Broken[] = [
  { what: 'tells taps nothing', break: tapping(() => undefined), fails: [ORDERLY, ABORT, DRAINED] },
  { what: 'tells taps of every byte twice', break: tapping(twice), fails: [ORDERLY, DRAINED] },
  { what: 'does not tell taps of the close', break: tapping(without('closed')), fails: [ORDERLY, ABORT, DRAINED] },
  { what: 'does not tell taps of a drained buffer', break: tapping(without('drained')), fails: [DRAINED] },
  {
    what: 'tells taps of another connection',
    break: tapping((event, tap) => tap.event({ ...event, connection: 'other' })),
    fails: [ORDERLY],
  },
];

function without(hidden: string): (event: TapEvent, tap: Tap) => void {
  return (event, tap) => {
    if (name(event) !== hidden) tap.event(event);
  };
}

function twice(event: TapEvent, tap: Tap): void {
  tap.event(event);
  if (name(event) === 'bytes') tap.event(event);
}
