/*
 * Chatwire's UDP transport as it comes: its Connection, with the defaults of every option.
 */
import type { Connection } from '../../../lib/index.js';
import { type UdpConnection, udpTransport } from '../../../transports/udp/index.js';
import { type Attach, type Peer, socketBufferBytes } from '../peer.js';

// The others send 1,200 bytes, too.
const transport = udpTransport({ socketBufferBytes, maxDatagramBytes: 1200 });

function attachTo(connection: Connection, attach: Attach): void {
  const user = attach({
    send: (bytes) => connection.send(bytes),
    troubles() {
      const { lost, timeouts, spurious } = (connection as UdpConnection).stats;
      return { lost, timeouts, spurious };
    },
  });
  connection.drained$.subscribe(() => user.ready());
  connection.received$.subscribe({ next: (bytes) => user.received(bytes), error: () => process.exit() });
}

export const peer: Peer = {
  note: 'chatwire udp:, defaults (sack, NewReno, pacing, datagrams of 1,200 bytes): reliable, ordered, checked by CRC',
  bulkBytes: 64 * 1024,
  async serve(_task, attach) {
    const listener = await transport.listen?.('udp://127.0.0.1:0');
    listener?.connections$.subscribe((connection) => attachTo(connection, attach));
    return Number(new URL(listener?.address ?? '').port);
  },
  async dial(_task, port, attach) {
    attachTo(await transport.dial(`udp://127.0.0.1:${port}`), attach);
  },
};
