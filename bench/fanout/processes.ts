/*
 * The benchmark's two child processes, each pinned to a core of its own where `taskset` exists, and the questions that are
 * asked of them over Node's IPC channel. An error in the child rejects the question, and so does the child's death.
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the parent asks: a name of a handler and its arguments. */
interface Question {
  readonly id: number;
  readonly ask: string;
  readonly argument: unknown;
}

type Answer = { readonly id: number } & ({ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string });

/** Handlers by name, as a child's entry file declares them; the parent imports only their type. */
export type Handlers = Record<string, (argument: never) => unknown>;

export interface Child<H extends Handlers> {
  ask<K extends keyof H & string>(name: K, argument: Parameters<H[K]>[0]): Promise<Awaited<ReturnType<H[K]>>>;
  /** Resolves when the child is gone, for whatever reason. */
  readonly gone: Promise<void>;
  /** Ends the child and waits until it is gone. */
  stop(): Promise<void>;
}

/** Whether processes can be pinned to cores here. */
export const canPin: boolean = (() => {
  try {
    execFileSync('taskset', ['-c', '1', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

function start(entry: string, core: number): ChildProcess {
  const path = fileURLToPath(new URL(entry, import.meta.url));
  const execArgv = ['--expose-gc'];
  const options = { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' } as const;
  if (!canPin) return fork(path, [], { ...options, stdio: [...options.stdio], execArgv });
  return spawn('taskset', ['-c', String(core), process.execPath, ...execArgv, path], { ...options, stdio: [...options.stdio] });
}

/** Starts an entry file of this folder on a core. */
export function startChild<H extends Handlers>(entry: string, core: number): Child<H> {
  const child = start(entry, core);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.once('exit', (code, signal) => {
    for (const [id, answer] of waiting) answer({ id, ok: false, error: `died of ${signal ?? code}` });
  });
  return {
    gone,
    ask: (name, argument) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, (answer) => {
          if (answer.ok) resolve(answer.value as never);
          else reject(new Error(`${entry}, asked to ${name}: ${answer.error}`));
        });
        child.send({ id, ask: name, argument } satisfies Question, (error) => {
          if (error) reject(new Error(`${entry} is gone and was asked to ${name}`));
        });
      }),
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** The child's side: answers questions until the parent goes away. */
export function answerQuestions(handlers: Handlers): void {
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  process.on('message', async ({ id, ask, argument }: Question) => {
    try {
      const value = await handlers[ask]?.(argument as never);
      process.send?.({ id, ok: true, value } satisfies Answer);
    } catch (error) {
      process.send?.({ id, ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answer);
    }
  });
}

/** Time on a clock that both children share, in microseconds. */
export function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
