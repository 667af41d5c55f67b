/* Trace files: JSON Lines, written event by event and read as they come, whatever state they are in. */
export { readTrace, readTraceStream, type TraceFile, type TraceReader, type TraceTaker, traceReader } from './read.js';
export { eventLine, headerLine, traceWriter } from './write.js';
