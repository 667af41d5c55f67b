/*
 * Coverage by c8, when CI or COVERAGE is set: Node writes what ran in every process below this one
 * (NODE_V8_COVERAGE), and c8 maps it back to the sources and prints a table.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const folders = ['lib', 'transports', 'tracer', 'lab', 'examples', 'cli'];

/** Starts collecting, or does nothing and returns undefined. `report()` prints the table and never fails the run. */
export function coverage(): { report(): void } | undefined {
  if (process.env.CI === undefined && process.env.COVERAGE === undefined) return undefined;
  const folder = resolve('coverage/v8');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.env.NODE_V8_COVERAGE = folder;

  return {
    report() {
      delete process.env.NODE_V8_COVERAGE;
      const includes = folders.flatMap((name) => ['--include', `${name}/**/*.ts`]);
      const args = ['report', '--temp-directory', folder, '--reporter', 'text', '--exclude-after-remap', ...includes];
      console.log('');
      spawnSync(process.execPath, ['node_modules/c8/bin/c8.js', ...args], { stdio: 'inherit' });
    },
  };
}
