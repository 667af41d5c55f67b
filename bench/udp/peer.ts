/*
 * What the benchmark asks of a way to carry bytes between two processes: one connection, a thing to send on it, a call when
 * something came, and a call when more may be sent. Messages are 64 bytes on all of them, each given to `send` by itself.
 */

/** What is measured: a stream one way, many messages under way at once and echoed, or one at a time. */
export type Task = 'bulk' | 'echo' | 'ping';

export const messageBytes = 64;

/** How many messages are under way at once. */
export const messagesUnderWay = { echo: 1024, ping: 1 } as const;

/** One end of a connection. */
export interface Line {
  /** Sends bytes; false when nothing more should be sent before `ready`. */
  send(bytes: Uint8Array): boolean;
  /** What it counts of itself, if it does; shown when other than 0. */
  troubles?(): Readonly<Record<string, number>>;
}

/** What the user of a line does about what happens on it. */
export interface LineUser {
  received(bytes: Uint8Array): void;
  ready(): void;
}

/** Called with each line, once it stands. */
export type Attach = (line: Line) => LineUser;

export interface Peer {
  /** What it is, in one line under the table. */
  readonly note: string;
  /** How much is given to `send` at a time in bulk. */
  readonly bulkBytes: number;
  /** Whether what is lost stays lost, so that the echo must say it anew. */
  readonly forgets?: boolean;
  /** Listens on a free port of loopback. */
  serve(task: Task, attach: Attach): Promise<number>;
  dial(task: Task, port: number, attach: Attach): Promise<void>;
}

/** What everybody asks for each socket's buffers, where it can be asked. */
export const socketBufferBytes = 4 * 1024 * 1024;
