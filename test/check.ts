/*
 * `npm run check`: the static checks, two at a time, and silent when all is well.
 * The slow ones start first. Each one's output is shown whole when it fails, so that nothing is interleaved.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const folders = ['lib', 'transports', 'tracer', 'lab', 'examples', 'cli', 'gui', 'bench', 'test', 'docs'].filter((folder) =>
  existsSync(folder),
);
const bin = (script: string): string => `node_modules/${script}`;

const checks = [
  { name: 'eslint', args: [bin('eslint/bin/eslint.js'), '--max-warnings=0', '.'] },
  { name: 'tsc', args: [bin('typescript/bin/tsc'), '--noEmit'] },
  { name: 'tsc of gui', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'gui'] },
  { name: 'dependency-cruiser', args: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--output-type', 'err-long', ...folders] },
  { name: 'biome', args: [bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '--colors=off', '.'] },
];

/** Runs one check to its end and tells whether it passed. */
function passes({ name, args }: (typeof checks)[number]): Promise<boolean> {
  return new Promise((resolve) => {
    const program = spawn(process.execPath, args);
    const output: Buffer[] = [];
    program.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    program.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    program.on('close', (code) => {
      if (code !== 0) process.stderr.write(`\n${name} says (exit code ${code}):\n${Buffer.concat(output).toString()}`);
      resolve(code === 0);
    });
  });
}

const waiting = [...checks];
let failures = 0;
async function worker(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    if (!(await passes(check))) failures += 1;
  }
}
await Promise.all([worker(), worker()]);
process.exitCode = failures === 0 ? 0 : 1;
