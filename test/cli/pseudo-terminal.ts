/*
 * The real command in a real pseudo-terminal, seen through a terminal emulator: what a person would see. One
 * waits for a text to be on the screen, and never for a time.
 */
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { built } from '../built.js';
import { PATIENCE_MS } from '../patience.js';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const open = new Set<PseudoTerminal>();

export const ENTER = '\r';
export const CTRL_C = '\x03';
export const CTRL_D = '\x04';
export const ESC = '\x1b';
export const CTRL_U = '\x15';
export const UP = '\x1b[A';
export const LEFT = '\x1b[D';

/** What one waits to see. */
export type Wanted = string | RegExp | ((screen: string) => boolean);

/** The terminal's size, what runs in it, and what that finds in its environment. */
export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Another program than `chatwire`. */
  readonly program?: string;
  /** Modules that `chatwire` loads before its own. */
  readonly imports?: readonly string[];
}

/** One run of `chatwire ARGS`, or of another program, in a terminal of its own. */
export class PseudoTerminal {
  /** Resolves with the exit code when the program has ended. */
  readonly ended: Promise<number>;
  /** Everything that the program wrote, escape sequences and all. */
  written = '';
  readonly #pty: IPty;
  readonly #emulator: InstanceType<typeof headless.Terminal>;
  readonly #watchers = new Set<() => void>();
  #over = false;

  constructor(args: readonly string[], { columns = 80, rows = 24, env = {}, program, imports = [] }: TerminalOptions = {}) {
    const { CI: _ci, NO_COLOR: _noColor, ...ours } = process.env; // both change what colours there are
    this.#emulator = new headless.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
    const chatwire = imports.length === 0 ? [built('cli/main.ts')] : [...['tsx', ...imports].flatMap((each) => ['--import', each]), main];
    this.#pty = spawn(program ?? process.execPath, program === undefined ? [...chatwire, ...args] : [...args], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd: root,
      env: { ...ours, ...env },
    });
    this.#pty.onData((data) => {
      this.written += data;
      this.#emulator.write(data, () => this.#look());
    });
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#over = true;
        open.delete(this);
        // what it wrote last may still be on its way through the emulator
        this.#emulator.write('', () => {
          this.#look();
          resolve(exitCode);
        });
      });
    });
    open.add(this);
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** The emulator itself, for whoever draws its cells. */
  get emulator(): InstanceType<typeof headless.Terminal> {
    return this.#emulator;
  }

  /** The visible rows, without the spaces at their ends; empty rows at the bottom are left out. */
  get rows(): string[] {
    const { active } = this.#emulator.buffer;
    const row = (i: number) =>
      active
        .getLine(active.viewportY + i)
        ?.translateToString(false, 0, this.#emulator.cols)
        .trimEnd() ?? '';
    const rows = Array.from({ length: this.#emulator.rows }, (_, i) => row(i));
    while (rows.at(-1) === '') rows.pop();
    return rows;
  }

  /** The visible rows as one text. */
  get screen(): string {
    return this.rows.join('\n');
  }

  /** The cursor's column, and its row on the screen. */
  get cursor(): { readonly row: number; readonly column: number } {
    const { cursorX, cursorY } = this.#emulator.buffer.active;
    return { row: cursorY, column: cursorX };
  }

  /**
   * Presses keys. The kernel holds 64 KiB of them until the program reads them; a write of more would wait for the
   * program, which itself waits for this process to read what it draws.
   */
  type(keys: string): void {
    this.#pty.write(keys);
  }

  /** Waits for a prompt, then answers it. */
  async answer(prompt: Wanted, keys: string): Promise<void> {
    await this.until(prompt);
    this.type(keys + ENTER);
  }

  resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal?: string): void {
    this.#pty.kill(signal);
  }

  /** Waits until the screen shows something; rejects if the program ends first, or if it takes for ever. */
  until(what: Wanted): Promise<string> {
    const shows = (screen: string): boolean =>
      typeof what === 'string' ? screen.includes(what) : typeof what === 'function' ? what(screen) : what.test(screen);
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        settle();
      };
      const fail = (why: string) => done(() => reject(new Error(`${why} before the screen showed ${what}; it shows:\n${this.screen}`)));
      const look = () => {
        if (shows(this.screen)) done(() => resolve(this.screen));
        else if (this.#over) fail('the program ended');
      };
      const timer = setTimeout(() => fail('time ran out'), PATIENCE_MS);
      this.#watchers.add(look);
      look();
    });
  }

  /** Waits until the program has ended, and gives its exit code; rejects if that takes for ever. */
  async exitCode(): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`the program does not end; its screen shows:\n${this.screen}`)), PATIENCE_MS);
    });
    return Promise.race([this.ended, late]).finally(() => clearTimeout(timer));
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}

/** Ends what a test has left running. */
export async function closeTerminals(): Promise<void> {
  const left = [...open];
  for (const terminal of left) terminal.kill('SIGKILL');
  await Promise.all(left.map(({ ended }) => ended));
}
