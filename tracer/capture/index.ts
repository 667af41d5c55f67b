/*
 * The programs by which one looks below a program: a capture of packets, strace, and ss. Everything that is started here ends
 * here; what it says is understood elsewhere (tracer/kernel, tracer/syscalls).
 */
export { straceArgs, type TracedProgram, traceCalls, whyNoCalls } from './calls.js';
export { type Captured, capturePackets, type PacketCapture, type Unavailable } from './packets.js';
export { type SocketWatch, watchSockets } from './sockets.js';
