/*
 * The lines of a person at a terminal on which this program paints nothing: its output goes through a pipe, or the terminal
 * can do no more than lines. The terminal shows and edits them itself, except while a password may come: then it is told to
 * show nothing, and the few keys that edit a line are looked after here.
 */
import { PassThrough, type Readable } from 'node:stream';

/** A person's lines. */
export interface TypedLines {
  readonly input: Readable;
  /** Whether the terminal shows what is typed from now on. */
  show(isShown: boolean): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

const BACKSPACES = ['\x7f', '\b'];
const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_U = '\x15';
/** A last character, in the bytes of UTF-8. */
const LAST = /[^\x80-\xbf]?[\x80-\xbf]*$/;

/** Takes the lines of a terminal. */
export function typedLines(terminal: NodeJS.ReadStream): TypedLines {
  const input = new PassThrough();
  let unseen = ''; // of a line that is not shown: what there is of it, a character for each byte
  const show = (isShown: boolean) => {
    if (isShown !== terminal.isRaw) return;
    terminal.setRawMode(!isShown);
    if (isShown) handOn('');
  };
  const handOn = (end: string) => {
    input.write(unseen + end, 'latin1');
    unseen = '';
  };
  const pressed = (key: string) => {
    if (key === '\r' || key === '\n') handOn('\n');
    else if (BACKSPACES.includes(key)) unseen = unseen.replace(LAST, '');
    else if (key === CTRL_U) unseen = '';
    else if (key === CTRL_C) interrupted();
    else if (key === CTRL_D && unseen === '') input.end();
    else unseen += key;
  };
  const interrupted = () => {
    show(true);
    process.kill(process.pid, 'SIGINT');
  };
  const came = (bytes: Buffer) => {
    if (input.writableEnded) return;
    if (terminal.isRaw) [...bytes.toString('latin1')].forEach(pressed);
    else input.write(bytes);
  };
  const ended = () => void input.end();
  terminal.on('data', came).once('end', ended).once('error', ended);
  return {
    input,
    show,
    close() {
      terminal.off('data', came).off('end', ended).off('error', ended).pause();
      if (terminal.isRaw) terminal.setRawMode(false);
    },
  };
}
