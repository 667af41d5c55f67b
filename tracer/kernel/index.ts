/*
 * The kernel lane: what a capture saw of the packets between the kernels, parsed, joined to the trace's connections, and
 * masked. Pure; tracer/capture has the programs that capture.
 */
export { type KernelLane, type KernelLaneParts, kernelLane } from './lane.js';
export { packetIn, type TcpSegment, type UdpDatagram } from './packet.js';
export { type CapturedPacket, type PcapReader, pcapReader } from './pcap.js';
export { type SocketFigures, type SocketLaneParts, type SocketSample, socketFigures, socketLane } from './socket-figures.js';
