/*
 * A run of the real engine, event by event, with packets that somebody may kill, delay or copy on their way. Pure, so that
 * a page, a test and a script have the same run.
 */
export { type Ends, type Happening, type ReceiverState, type RunEvent, type SenderState, toJsonLines } from './event.js';
export { INTERVENTIONS, type Intervention } from './intervention.js';
export { type Flight, type FrameNote, type RunPacket, segmentsOf, shareAt, type Waypoint } from './packet.js';
export { PRESETS, type Preset, type PresetName } from './presets.js';
export { cellOf, roundTripMs, transmissionMs } from './profile.js';
export { MOST_EVENTS, Run } from './run.js';
export { CHOICES, type ChoiceName, NUMBERS, type NumberName, RUN_DEFAULTS, type RunSettings } from './settings.js';
