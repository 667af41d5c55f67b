/*
 * Records a run: taps in, a trace without secrets out.
 */
export { type AwaitedFates, awaitedFates, type Decided } from './awaited-fates.js';
export type { DatagramRelay, Leg, RelayLegs } from './datagram-relay.js';
export { type Participant, type ParticipantTap, type Recorder, type RecorderOptions, recorder } from './recorder.js';
export { type MemorySink, memorySink } from './sink.js';
