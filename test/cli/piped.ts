/*
 * The real command with pipes instead of a terminal, as a script runs it.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { built } from '../built.js';
import { PATIENCE_MS } from '../patience.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const running = new Set<Piped>();

/** How a run ended, and what it wrote. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One run of `chatwire ARGS`. */
export class Piped {
  readonly program: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Outcome>;
  stdout = '';
  stderr = '';
  readonly #watchers = new Set<() => void>();
  #over = false;

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.program = spawn(process.execPath, [built('cli/main.ts'), ...args], { cwd: root, env: { ...process.env, ...env } });
    const { stdin, stdout, stderr } = this.program;
    stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      this.#look();
    });
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      this.#look();
    });
    stdin.on('error', () => {}); // it may end before it has read everything
    this.ended = new Promise((resolve) => {
      this.program.once('close', (code) => {
        this.#over = true;
        running.delete(this);
        this.#look();
        resolve({ code, stdout: this.stdout, stderr: this.stderr });
      });
    });
    running.add(this);
  }

  /** Writes lines. */
  say(...lines: readonly string[]): this {
    for (const line of lines) this.program.stdin.write(`${line}\n`);
    return this;
  }

  /** Says that no more lines come; resolves when the program has ended. */
  finish(): Promise<Outcome> {
    this.program.stdin.end();
    return this.ended;
  }

  /** Waits until it has written something to stdout or stderr. */
  until(what: string | RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        settle();
      };
      const all = () => `${this.stdout}${this.stderr}`;
      const fail = (why: string) => done(() => reject(new Error(`${why} before there was ${what}; it wrote:\n${all()}`)));
      const look = () => {
        if (typeof what === 'string' ? all().includes(what) : what.test(all())) done(() => resolve(all()));
        else if (this.#over) fail('the program ended');
      };
      const timer = setTimeout(() => fail('time ran out'), PATIENCE_MS);
      this.#watchers.add(look);
      look();
    });
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}

/** Runs `chatwire ARGS` with these lines on stdin, to its end. */
export function run(args: readonly string[], ...lines: readonly string[]): Promise<Outcome> {
  return new Piped(args).say(...lines).finish();
}

/** Ends what a test has left running. */
export async function closePiped(): Promise<void> {
  const left = [...running];
  for (const { program } of left) program.kill('SIGKILL');
  await Promise.all(left.map(({ ended }) => ended));
}
