/*
 * A client that is no more than a socket: it sends what it is told to, also what no client should, and waits for
 * what comes by event, never by time.
 */
import { connect, type Socket } from 'node:net';
import { FrameDecoder } from '../../lib/wire/decode.js';
import { encodeFrame } from '../../lib/wire/encode.js';
import {
  type ClientFrame,
  type FrameOf,
  type FrameType,
  MAGIC,
  PROTOCOL_VERSION,
  type Question,
  type ServerFrame,
} from '../../lib/wire/frames.js';

/** A connection over TCP. */
export class RawClient {
  readonly frames: ServerFrame[] = [];
  text = '';
  /** How it closed: in order, or with an error's code. */
  readonly closed: Promise<string>;
  readonly #decoder = new FrameDecoder('server');
  readonly #waiting = new Set<() => void>();
  #ended = false;

  private constructor(
    readonly socket: Socket,
    private readonly speaks: 'frames' | 'text',
  ) {
    let how = 'in order';
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => (how = error.code ?? error.message));
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#ended = true;
        this.#wake();
        resolve(how);
      });
    });
  }

  /** Connects to `tcp://HOST:PORT` or `text+tcp://HOST:PORT`. It closes when the server does, unless it `lingers`. */
  static async to(address: string, { lingers = false } = {}): Promise<RawClient> {
    const { hostname, port, protocol } = new URL(address);
    const socket = connect({ host: hostname || '127.0.0.1', port: Number(port), allowHalfOpen: lingers });
    const client = new RawClient(socket, protocol.startsWith('text') ? 'text' : 'frames');
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return client;
  }

  send(...frames: readonly ClientFrame[]): void {
    this.socket.write(Buffer.concat(frames.map((frame) => encodeFrame(frame))));
  }

  /** A frame of a type, from the `nth` on, as soon as it is there; rejects if the connection closes before. */
  async next<T extends FrameType>(type: T, nth = 1): Promise<FrameOf<T>> {
    const all = () => this.frames.filter((frame): frame is ServerFrame & FrameOf<T> => frame.type === type);
    await this.until(() => all().length >= nth, `${type} ${nth}`);
    return all()[nth - 1] as FrameOf<T>;
  }

  /** Waits until something holds, looking again whenever something comes. */
  async until(holds: () => boolean, what: string): Promise<void> {
    while (!holds()) {
      if (this.#ended) throw new Error(`The connection closed without ${what}, after ${this.frames.map(({ type }) => type).join(', ')}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Creates a group and gives back its ID. */
  async create(name: string, password = 'secret'): Promise<string> {
    this.send(hello(), answer(1, 'menu', '2'), answer(2, 'name', name), answer(3, 'password', password));
    return (await this.next('JOINED')).group;
  }

  async join(name: string, group: string, password = 'secret'): Promise<FrameOf<'JOINED'>> {
    this.send(...joining(name, group, password));
    return this.next('JOINED');
  }

  #take(chunk: Buffer): void {
    if (this.speaks === 'text') this.text += chunk.toString();
    else {
      this.#decoder.push(chunk);
      for (let frame = this.#decoder.next(); frame; frame = this.#decoder.next()) this.frames.push(frame);
    }
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

export function hello(): FrameOf<'HELLO'> {
  return { type: 'HELLO', magic: MAGIC, version: PROTOCOL_VERSION, token: new Uint8Array(0), lastSequence: 0 };
}

export function answer(id: number, question: Question, value: string): FrameOf<'ANSWER'> {
  return { type: 'ANSWER', id, question, value };
}

export function say(id: number, text: string): FrameOf<'SAY'> {
  return { type: 'SAY', id, text };
}

/** The whole way into a group. */
export function joining(name: string, group: string, password = 'secret'): ClientFrame[] {
  return [hello(), answer(1, 'menu', '1'), answer(2, 'name', name), answer(3, 'group', group), answer(4, 'password', password)];
}
