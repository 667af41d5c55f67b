/*
 * How long `chatwire trace show` takes for a file, and how much memory: the built program, as a process of its own that
 * tells at its end what it has used.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const TELLS_USE = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));",
)}`;

/** What a run took. */
export interface Use {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  /** Lines that were printed. */
  readonly lines: number;
}

/** Runs it once. */
export function show(file: string, args: readonly string[]): Use {
  const before = performance.now();
  const run = spawnSync(process.execPath, ['--import', TELLS_USE, program, 'trace', 'show', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    maxBuffer: 2 ** 30,
    env: { ...process.env, COLUMNS: '100' },
  });
  const seconds = (performance.now() - before) / 1000;
  if (run.status !== 0) throw new Error(`trace show ${args.join(' ')} ended with ${run.status}`);
  const used = JSON.parse(String(run.output[3])) as NodeJS.ResourceUsage;
  return {
    seconds,
    cpuSeconds: (used.userCPUTime + used.systemCPUTime) / 1e6,
    megabytes: used.maxRSS / 1024,
    lines: String(run.stdout).split('\n').length - 1,
  };
}
