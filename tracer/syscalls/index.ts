/*
 * Recorded system calls: reading a recording, and judging for every call whether it blocks.
 */
export { type Recording, readRecording } from './recording.js';
export { descriptor, type SystemCall, systemCall } from './strace-line.js';
export { type JudgedCall, judge, type Verdict } from './verdict.js';
