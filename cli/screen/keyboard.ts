/*
 * The terminal's keys, in one place for as long as a person chats. The terminal shows none of them by itself: whoever has
 * the keys shows what is fit to be seen. While nobody has them they wait, so that one can type ahead and paste several
 * answers; Ctrl-C works all the time.
 */
import { emitKeypressEvents, type Interface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** The keys of a terminal. */
export interface Keyboard {
  /** Hands the keys on up to the next Enter, those that wait first. What comes behind it waits. */
  line(): Readable;
  /** Hands all keys on, those that wait first. */
  all(): Readable;
  /** Whoever has the keys gets no more of them: they wait. */
  keep(): void;
  /** Drops the keys that wait; tells whether there were any. */
  forget(): boolean;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** Keys that may wait, in UTF-16 units: more than any dialogue takes. Of a file that is pasted too early the rest is dropped. */
const MOST_WAITING = 1024 * 1024;

/** Esc is a key of its own if nothing follows it for this long; otherwise it begins the sequence of an arrow, say. */
const ESCAPE_TIMEOUT_MS = 100;

const CTRL_C = '\x03';
const CTRL_L = '\x0c';
const CTRL_Z = '\x1a';
const FIRST_LINE = /^([^\r\n]*)(?:\r\n|\r|\n)/;

/**
 * Takes a terminal's keys.
 * @param interrupted called at Ctrl-C while nobody has the keys; whoever has them sees it itself
 */
export function openKeyboard(terminal: NodeJS.ReadStream, interrupted: () => void): Keyboard {
  const decoder = new StringDecoder('utf8');
  let waiting = '';
  let reader: { readonly keys: PassThrough; readonly takes: 'line' | 'all' } | undefined;

  const handOn = () => {
    const line = reader?.takes === 'line' ? FIRST_LINE.exec(waiting) : null;
    if (line) {
      reader?.keys.write(`${line[1]}\r`);
      reader = undefined;
      waiting = waiting.slice(line[0].length);
    } else if (reader) {
      if (waiting !== '') reader.keys.write(waiting);
      waiting = '';
    }
    const interruptions = waiting.split(CTRL_C).length - 1;
    if (interruptions > 0) waiting = '';
    for (let i = 0; i < interruptions; i++) interrupted();
  };
  const pressed = (bytes: Buffer) => {
    const keys = decoder.write(bytes);
    waiting = (waiting + keys.replaceAll(CTRL_Z, '')).slice(0, MOST_WAITING);
    handOn();
    if (keys.includes(CTRL_Z) && process.platform !== 'win32') {
      terminal.setRawMode(false);
      process.kill(process.pid, 'SIGTSTP');
    }
  };
  /** Back from Ctrl-Z, or from whoever stopped this process: the shell has set the terminal for itself meanwhile. */
  const continued = () => {
    terminal.setRawMode(false); // else Node would take it that nothing is to be done
    terminal.setRawMode(true);
    if (reader?.takes === 'all') reader.keys.write(CTRL_L);
  };
  const lend = (takes: 'line' | 'all') => {
    const keys = new PassThrough();
    keys.pause(); // until whoever reads is ready, and resumes
    // Where a readline interface is the first to have a stream decoded, Node puts a pasted text at the end of the line, wherever the cursor is
    emitKeypressEvents(keys, { escapeCodeTimeout: ESCAPE_TIMEOUT_MS } as unknown as Interface);
    reader = { keys, takes };
    handOn();
    return keys;
  };
  const unreadable = () => {}; // the terminal is gone; SIGHUP tells of it

  terminal.setRawMode(true);
  terminal.on('data', pressed).on('error', unreadable).resume(); // a menu before may have paused it
  process.on('SIGCONT', continued);
  return {
    line: () => lend('line'),
    all: () => lend('all'),
    keep() {
      reader = undefined;
    },
    forget() {
      const some = waiting !== '';
      waiting = '';
      return some;
    },
    close() {
      process.off('SIGCONT', continued);
      terminal.off('data', pressed).off('error', unreadable);
      terminal.pause();
      terminal.setRawMode(false);
    },
  };
}
