/*
 * The reference: `node:dgram`, a datagram for each `send`, both sockets connected to each other. In bulk a fixed window keeps
 * the receive buffer from overflowing: the receiver tells its count after every eighth datagram. Nothing is checked, numbered or sent
 * again; if the count stands still, the window is opened by force, and that is counted.
 */
import { createSocket, type Socket } from 'node:dgram';
import { type Attach, type Peer, socketBufferBytes, type Task } from '../peer.js';

const windowDatagrams = 512;
const countEvery = 8;
const stallMs = 200;

const hello = Buffer.from('hello');

function open(bind: (socket: Socket, done: () => void) => void): Promise<Socket> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    bind(socket, () => {
      socket.setRecvBufferSize(socketBufferBytes);
      socket.setSendBufferSize(socketBufferBytes);
      resolve(socket);
    });
  });
}

/** For echo and ping: nothing but datagrams. */
function attachPlain(socket: Socket, attach: Attach): void {
  const user = attach({
    send: (bytes) => {
      socket.send(bytes);
      return true;
    },
  });
  socket.on('message', (datagram) => user.received(datagram));
}

/** For bulk: sends within the window, and counts what comes. */
function attachWindowed(socket: Socket, attach: Attach): void {
  let [sent, told, received, toldBefore, lost, stalls] = [0, 0, 0, -1, 0, 0];
  const isFull = () => sent - lost - told >= windowDatagrams;
  let blocked = false;
  const user = attach({
    send(bytes) {
      socket.send(bytes);
      sent++;
      blocked = isFull();
      return !blocked;
    },
    troubles: () => ({ stalls }),
  });
  const unblock = () => {
    if (!blocked || isFull()) return;
    blocked = false;
    user.ready();
  };
  const count = Buffer.alloc(6);
  socket.on('message', (datagram) => {
    if (datagram.length === count.length) {
      told = Math.max(told, datagram.readUIntBE(0, 6));
      return unblock();
    }
    user.received(datagram);
    if (++received % countEvery !== 0) return;
    count.writeUIntBE(received, 0, 6);
    socket.send(Buffer.from(count));
  });
  setInterval(() => {
    if (blocked && told === toldBefore) {
      stalls++;
      lost = sent - told;
      unblock();
    }
    toldBefore = told;
  }, stallMs);
}

const attachTo = (task: Task, socket: Socket, attach: Attach) => (task === 'bulk' ? attachWindowed : attachPlain)(socket, attach);

export const peer: Peer = {
  note: `node:dgram alone: a datagram for each send, connected sockets; in bulk a fixed window of ${windowDatagrams} datagrams of 1,200 bytes and a count after every ${countEvery}`,
  bulkBytes: 1200,
  forgets: true,
  async serve(task, attach) {
    const socket = await open((bound, done) => bound.bind(0, '127.0.0.1', done));
    socket.once('message', (_, from) =>
      socket.connect(from.port, from.address, () => {
        socket.send(hello);
        attachTo(task, socket, attach);
      }),
    );
    return socket.address().port;
  },
  async dial(task, port, attach) {
    const socket = await open((dialled, done) => dialled.connect(port, '127.0.0.1', done));
    socket.send(hello);
    await new Promise<void>((resolve) =>
      socket.once('message', () => {
        attachTo(task, socket, attach); // at once: the next datagram may be here already
        resolve();
      }),
    );
  },
};
