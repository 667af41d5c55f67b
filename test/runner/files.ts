/*
 * Runs one test file in a process of its own and tells how it ended. The process and all that it started
 * form a process group, so that nothing outlives the file.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Outcome, Report } from './outcome.js';

const child = fileURLToPath(new URL('./child.ts', import.meta.url));
const canGroup = process.platform !== 'win32';
const living = new Set<ChildProcess>();

/** Ends every test process that runs, and all that these have started. */
export function killAll(): void {
  for (const program of living) killGroup(program);
}

function killGroup(program: ChildProcess): void {
  try {
    if (canGroup && program.pid !== undefined) process.kill(-program.pid, 'SIGKILL');
    else program.kill('SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Runs one file to its end; each of its tests, and its beginning, may take `limitMs`. */
export async function runFile(file: string, limitMs: number): Promise<Outcome> {
  const began = performance.now();
  const program = fork(child, [file], { execArgv: ['--import', 'tsx'], silent: true, detached: canGroup });
  living.add(program);

  const output: string[] = [];
  const reports: Report[] = [];
  program.stdout?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  program.stderr?.setEncoding('utf8').on('data', (text: string) => output.push(text));

  let late = false;
  const limit = setTimeout(() => {
    late = true;
    killGroup(program);
  }, limitMs);
  program.on('message', (report: Report) => {
    reports.push(report);
    limit.refresh();
  });
  const [code, signal] = (await once(program, 'exit')) as [number | null, NodeJS.Signals | null];
  clearTimeout(limit);
  killGroup(program);
  // Its last words may still be in the pipes.
  const pipes: Promise<unknown>[] = [];
  if (program.connected) pipes.push(once(program, 'disconnect'));
  if (program.stdout?.closed === false) pipes.push(once(program, 'close'));
  await Promise.race([Promise.all(pipes), pause(10_000, undefined, { ref: false })]);
  living.delete(program);

  const seconds = (performance.now() - began) / 1000;
  const end = late ? `killed: nothing had happened for ${limitMs} ms,` : `ended (${signal ?? `exit code ${code}`})`;
  return judge(file, seconds, reports, end, output.join(''));
}

/** From what the process told to how the file ended. */
function judge(file: string, seconds: number, reports: readonly Report[], end: string, output: string): Outcome {
  const done = reports.find((report) => report.kind === 'done');
  const leaked = reports.find((report) => report.kind === 'leaked');
  const last = reports.findLast((report) => report.kind === 'running');
  const notes = reports.flatMap((report) => (report.kind === 'note' ? [report.text] : []));
  const failures = [...(done?.failures ?? [])];

  if (done === undefined) failures.push(`${end} before its tests were done${last === undefined ? '' : `, in "${last.test}"`}`);
  else if (leaked !== undefined)
    failures.push(`its tests are done, yet something keeps the process alive: ${leaked.resources.join(', ') || 'unknown'}`);
  else if (!end.includes('exit code 0')) failures.push(`${end} after its tests were done`);

  const failed = Math.max(done?.failed ?? 0, failures.length > 0 ? 1 : 0);
  if (failures.length > 0 && output.trim() !== '') failures.push(`its output:\n${output.trimEnd()}`);
  return { file, passed: done?.passed ?? 0, failed, skipped: done?.skipped ?? 0, seconds, failures, notes };
}
