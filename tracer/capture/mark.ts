/*
 * A datagram that somebody sends to himself, to be seen in a capture: packets come in their order, so when a mark has come,
 * the capture goes on, and all that was before it has come, too.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A source of marks. */
export interface Marker {
  readonly port: number;
  /** Sends one. */
  send(): void;
  /** Whether a packet holds one. */
  isIn(packet: Uint8Array): boolean;
  close(): void;
}

/** Makes a source of marks. */
export async function marker(): Promise<Marker> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const mark = Buffer.from(`a mark in the capture of ${process.pid} at ${port}`);
  return {
    port,
    send: () => socket.send(mark, port, '127.0.0.1', () => {}),
    isIn: (packet) => Buffer.from(packet.buffer, packet.byteOffset, packet.length).includes(mark),
    close: () => void socket.close(),
  };
}
