/*
 * Programs at whose keyboard a test sits: `nc` and `python3` on pipes, `telnet` in a pseudo-terminal. A test
 * types, and waits for what appears on the screen.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { spawn as spawnInTerminal } from '@lydell/node-pty';
import * as assert from 'uvu/assert';
import { PATIENCE_MS } from '../patience.js';

/** A program that runs. */
export interface Typed {
  readonly screen: Screen;
  type(text: string): void;
  /** The end of what is typed. */
  endInput(): void;
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** What a program has shown. */
export class Screen {
  text = '';
  #changed: () => void = () => {};

  constructor(private readonly ended: Promise<unknown>) {}

  feed(text: string): void {
    this.text += text;
    this.#changed();
  }

  /** Waits until this has appeared. */
  until(wanted: string): Promise<void> {
    return this.when(() => this.text.includes(wanted), wanted);
  }

  /** Waits until so much has appeared, and holds the whole screen to it, letter by letter. */
  async shows(wanted: string): Promise<void> {
    await this.when(() => this.text.length >= wanted.length, wanted);
    assert.is(this.text, wanted);
  }

  /** Waits until something holds of the screen, told in a few words. */
  when(holds: () => boolean, wanted: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${why}, but this was awaited:\n${wanted}\nThis is on the screen:\n${this.text}`));
      const late = setTimeout(() => fail('Time is up'), PATIENCE_MS);
      this.#changed = () => {
        if (!holds()) return;
        clearTimeout(late);
        resolve();
      };
      this.#changed();
      void this.ended.then(() => {
        clearTimeout(late);
        if (!holds()) fail('The program has ended');
      });
    });
  }
}

const running = new Set<{ kill(): unknown }>();

/** Ends what a failed test has left running. */
export function endAll(): void {
  for (const program of running) program.kill();
}

/** Starts a program on pipes. */
export function run(command: string, args: readonly string[]): Typed {
  const program = spawn(command, args);
  running.add(program);
  const ended = once(program, 'close').then(([code]) => {
    running.delete(program);
    return code as number | null;
  });
  const screen = new Screen(ended);
  program.stdin.on('error', () => {}); // typed after the program had ended
  for (const output of [program.stdout, program.stderr]) output.setEncoding('utf8').on('data', (text: string) => screen.feed(text));
  return { screen, ended, type: (text) => void program.stdin.write(text), endInput: () => void program.stdin.end() };
}

/** Starts a program in a terminal of 80 columns. */
export function runInTerminal(command: string, args: readonly string[]): Typed {
  const program = spawnInTerminal(command, [...args], { cols: 80, rows: 24 });
  running.add(program);
  const ended = new Promise<number>((resolve) =>
    program.onExit(({ exitCode }) => {
      running.delete(program);
      resolve(exitCode);
    }),
  );
  const screen = new Screen(ended);
  program.onData((text) => screen.feed(text));
  return { screen, ended, type: (text) => program.write(text), endInput: () => program.write('\u0004') };
}
