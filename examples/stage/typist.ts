/*
 * Somebody at the plain-text door: no ChatClient, only a connection over which lines go both ways, as `nc` and `telnet`
 * have it. Each line is told to a tap, whole, and every act is a step of the telling, as an actor's is.
 */
import { elementAt, firstValueFrom, Subject } from 'rxjs';
import type { Clock, Connection, FrameTapEvent, Tap } from '../../lib/index.js';
import { LineDecoder, MASK } from '../../lib/wire/index.js';

/** A person with a name, who types lines step by step. */
export interface Typist {
  readonly name: string;
  /** Option 1, all four lines typed ahead in one go. */
  joins(group: string, password: string): Promise<void>;
  /**
   * Types a line, bytes as they are, and waits for what the server says to it: so not for a message that is taken, since the
   * plain-text door says nothing to that.
   */
  types(line: string | Uint8Array): Promise<void>;
  /** Leaves the server, out of the group; resolves when the connection is closed. */
  quits(): Promise<void>;
}

/** What a typist needs of the stage. */
export interface Desk {
  /** Just dialled. */
  readonly connection: Connection;
  readonly clock: Pick<Clock, 'now'>;
  /** Is told of each line. */
  readonly tap: Tap;
  /** Does one thing and tells it. */
  step<T>(act: () => Promise<T>): Promise<T>;
}

/** A line to type; of a secret one nothing is told. */
interface Typed {
  readonly bytes: Uint8Array;
  readonly isSecret?: boolean;
}

const LF = 10;

/** Puts a typist on stage, once the server has asked the opening question. */
export async function typist(name: string, { connection, clock, tap, step }: Desk): Promise<Typist> {
  const heard$ = new Subject<string>();
  const decoder = new LineDecoder();

  function tell(direction: FrameTapEvent['direction'], text: string, length: number): void {
    tap.event({
      ...{ layer: 'frame', at: clock.now(), connection: connection.id, actor: name },
      direction,
      type: 'LINE',
      fields: { text },
      length,
    });
  }

  /** Types lines in one write, and waits until the server has said so many. */
  const say = (lines: readonly Typed[], replies = 1): Promise<void> =>
    step(async () => {
      const last = firstValueFrom(heard$.pipe(elementAt(replies - 1)));
      for (const { bytes, isSecret } of lines) tell('sent', isSecret ? MASK : readable(bytes), isSecret ? 0 : bytes.length + 1);
      connection.send(Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Uint8Array.of(LF)])));
      await last;
    });

  await step(async () => {
    const greeting = firstValueFrom(heard$);
    connection.received$.subscribe({
      next(chunk) {
        decoder.push(chunk);
        for (let read = decoder.next(); read; read = decoder.next()) {
          const text = 'text' in read ? read.text : '';
          tell('received', text, Buffer.byteLength(text) + 1);
          heard$.next(text);
        }
      },
      complete() {
        heard$.complete();
        void connection.end(); // the server says no more
      },
      error: (error) => heard$.error(error),
    });
    await greeting;
  });
  return {
    name,
    joins: (group, password) => say([line('1'), line(name), line(group), { ...line(password), isSecret: true }], 4), // one line to each
    types: (typed) => say([typeof typed === 'string' ? line(typed) : { bytes: typed }]),
    async quits() {
      await say([line('/quit')]);
      await connection.closed;
    },
  };
}

function line(text: string): Typed {
  return { bytes: Buffer.from(text) };
}

/** A line as it can be shown: of what is not UTF-8, a byte that is not ASCII reads `\xfc`. */
function readable(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join('');
  }
}
