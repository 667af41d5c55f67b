/*
 * Cuts the secrets out of what was observed: pure, streaming, without a clock and without a socket. Passwords, resume
 * tokens and cookies become masks of one length; lengths and checksums are computed anew over what is shown.
 *
 * StreamWatch is for the bytes of one connection, both directions; DatagramWatch for the datagrams of one UDP connection.
 * What they give may have to wait until it is decided: ask for `settled`, and show nothing later before it.
 */
export { DatagramWatch, strangeDatagram, type WatchedDatagram } from './datagram-watch.js';
export { copied, type ShownDatagram } from './packet.js';
export type { Piece } from './piece.js';
export { StreamWatch } from './stream-watch.js';
export { join, type Side, type Unit } from './unit.js';
