/*
 * A NAT between real sockets: passes datagrams on to a server from a port of its own, and back to whoever wrote last;
 * told to, it takes another port and forgets the old one.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A running NAT. */
export interface Nat {
  /** Where a client finds the server. */
  readonly address: string;
  /** Takes another port. */
  rebind(): Promise<void>;
  close(): void;
}

async function socketAt(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** Puts a NAT before a server's port on this machine. */
export async function natBefore(port: number): Promise<Nat> {
  const inside = await socketAt();
  let client = 0;
  const open = async (): Promise<Socket> => {
    const socket = await socketAt();
    return socket.on('message', (datagram) => inside.send(datagram, client, '127.0.0.1'));
  };
  let outside = await open();
  inside.on('message', (datagram, from) => {
    client = from.port;
    outside.send(datagram, port, '127.0.0.1');
  });
  return {
    address: `udp://127.0.0.1:${inside.address().port}`,
    async rebind() {
      const next = await open();
      outside.close();
      outside = next;
    },
    close() {
      inside.close();
      outside.close();
    },
  };
}
