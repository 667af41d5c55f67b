/*
 * System calls as strace records them: reading a log or a kept recording, judging for every call whether it blocks, and
 * the lane of a trace that comes of it. Pure; tracer/capture has the program that records.
 */
export { type CallLane, type CallLaneParts, callLane } from './lane.js';
export { type Recording, readRecording } from './recording.js';
export { shortArgument } from './short-argument.js';
export { descriptor, type SystemCall, systemCall } from './strace-line.js';
export { type LoggedCall, ofFirstProcess, type StraceLog, straceLog } from './strace-log.js';
export { type JudgedCall, judge } from './verdict.js';
