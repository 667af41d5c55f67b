/*
 * Edits a line: node:readline with its keys, history and completion, but without its painting, which knows
 * nothing of what arrives meanwhile. Whoever asks for the line paints it (painter.ts).
 */
import { createInterface, type Key } from 'node:readline';
import { type Readable, Writable } from 'node:stream';

/** What a line editor tells. */
export interface LineEditorEvents {
  /** Enter. */
  line(text: string): void;
  /** The line or the cursor is another one. */
  changed(): void;
  /** Ctrl-C, or Ctrl-D on an empty line. */
  leave(): void;
  /** Ctrl-L. */
  repaint(): void;
}

/** A line that is being edited. */
export interface LineEditor {
  readonly line: string;
  /** An index into the line, in UTF-16 units. */
  readonly cursor: number;
  close(): void;
}

/** Lines of the past that the arrow up brings back. */
const HISTORY_LINES = 200;

const TAB = '\t';

/**
 * Takes keys until it is closed.
 * @param input the terminal's keys
 * @param history lines of the past, the newest first; new ones are added
 * @param words what Tab completes once a line begins with a slash; each begins with one. Any other Tab, and each of a paste, is said as it is
 */
export function editLines(
  input: Readable,
  history: string[],
  words: readonly string[],
  { line, changed, leave, repaint }: LineEditorEvents,
): LineEditor {
  let isAlone = false; // whether the key came by itself: several at once were pasted
  const came = (keys: Buffer | string) => {
    isAlone = keys.length === 1;
  };
  input.prependListener('data', came);
  const editor = createInterface({
    input,
    output: new Writable({ write: (_chunk, _encoding, done) => done() }),
    terminal: true,
    history: [...history],
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
    completer: (typed: string) =>
      isAlone && typed.startsWith('/') ? [words.filter((word) => word.startsWith(typed)), typed] : [[TAB], ''],
  });
  editor.getCursorPos = () => ({ rows: 0, cols: 0 }); // it paints nothing, and would measure the whole line for each key of a paste
  let planned: NodeJS.Immediate | undefined;
  const plan = () => {
    planned ??= setImmediate(() => {
      planned = undefined; // a paste is many keys, and painted once
      changed();
    });
  };
  const pressed = (_text: string | undefined, key: Key | undefined) => {
    if (key?.ctrl && key.name === 'l') repaint();
    else plan();
  };
  editor.on('line', line);
  editor.on('history', (lines) => history.splice(0, history.length, ...lines));
  editor.on('SIGINT', leave);
  editor.on('close', leave);
  input.on('keypress', pressed);
  return {
    get line() {
      return editor.line;
    },
    get cursor() {
      return editor.cursor;
    },
    close() {
      clearImmediate(planned);
      input.off('data', came).off('keypress', pressed);
      editor.off('close', leave);
      editor.close();
    },
  };
}
