/*
 * Those who ask to join, as raw sockets from an address of this machine: 127.0.0.2 is another source than 127.0.0.3 (on
 * Linux; elsewhere such addresses have to be added first).
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeFrame, FrameDecoder, MAGIC, PROTOCOL_VERSION } from '../../lib/wire/index.js';

/** Where to ask. */
export interface Served {
  readonly port: number;
  readonly group: string;
}

/** The password of the group. */
export const PASSWORD = '1234';

/** Who asks, and for what. */
export interface Application {
  readonly from: string;
  readonly name: string;
  readonly group: string;
  readonly password: string;
}

/** One who has asked. */
export interface Applicant {
  readonly socket: Socket;
  /** What the server said to it; rejects if it is cut off without a word. */
  readonly answer: Promise<'JOINED' | 'REJECTED'>;
}

/** Connects and asks, all answers in one chunk. */
export async function apply({ port }: Served, { from, name, group, password }: Application): Promise<Applicant> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, noDelay: true });
  await once(socket, 'connect');
  const answer = new Promise<'JOINED' | 'REJECTED'>((resolve, reject) => {
    const decoder = new FrameDecoder('server');
    socket.on('error', reject).on('close', () => reject(new Error(`the server closed the connection of ${name}`)));
    socket.on('data', (chunk) => {
      decoder.push(chunk);
      for (let frame = decoder.next(); frame; frame = decoder.next()) {
        if (frame.type === 'JOINED' || frame.type === 'REJECTED') resolve(frame.type);
      }
    });
  });
  answer.catch(() => undefined); // who is never asked for it may be dropped at the end
  const questions = ['menu', 'name', 'group', 'password'] as const;
  const answers = ['1', name, group, password].map((value, i) =>
    encodeFrame({ type: 'ANSWER', id: i + 1, question: questions[i] ?? 'menu', value }),
  );
  const hello = encodeFrame({ type: 'HELLO', magic: MAGIC, version: PROTOCOL_VERSION, token: new Uint8Array(0), lastSequence: 0 });
  socket.write(Buffer.concat([hello, ...answers]));
  return { socket, answer };
}
