/*
 * A way to a server that can be broken and mended, or be slow: a port of its own, from which everything is passed on.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A breakable way to a server. */
export interface Breakable {
  readonly address: string;
  /** Cuts every connection, and takes no new ones. */
  break(): Promise<void>;
  /** Takes connections again. */
  mend(): Promise<void>;
  /** Keeps back what the server says. */
  hold(): void;
  /** Passes it on, and all that follows. */
  release(): void;
}

/** Opens a way to the server at an address. */
export async function breakable(address: string): Promise<Breakable> {
  const to = Number(address.split(':').at(-1));
  const sockets = new Set<Socket>();
  const ways = new Set<{ readonly near: Socket; readonly far: Socket }>();
  let server: Server | undefined;
  let port = 0;
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  };
  const mend = async () => {
    server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });
      hold(near);
      hold(far);
      near.pipe(far).pipe(near);
      const pair = { near, far };
      ways.add(pair);
      near.once('close', () => ways.delete(pair));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  await mend();
  return {
    address: `tcp://127.0.0.1:${port}`,
    mend,
    hold() {
      for (const { near, far } of ways) far.unpipe(near);
    },
    release() {
      for (const { near, far } of ways) far.pipe(near);
    },
    async break() {
      const closed = server && once(server, 'close');
      server?.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
