/*
 * Runs one of our programs from its sources to its end, without a terminal, and reads a telling.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { built } from '../built.js';

/** How a program ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of our TypeScript files, compiled; another one by tsx. */
export async function program(file: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Outcome> {
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
  const run = /^(cli|examples)\//.test(file) ? [built(file)] : ['--import', 'tsx', file];
  const child = spawn(process.execPath, [...run, ...args], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code: code as number | null, stdout, stderr };
}

/** A telling without what differs from run to run: the server's address, the IDs that it draws, and what was counted. */
export function steady(telling: string): string {
  const drawn = [...telling.matchAll(/CREATED +group (\d+)/g)].map(([, id]) => id);
  const groups = new RegExp(`(group |group chat #|group: )(?:${drawn.join('|')})\\b`, 'g');
  const timeless = telling.replace(/(listens\sat\s)\S+\./g, '$1ADDRESS.').replace(/^ {2}[ \d]{4}\d (?=[a-z])/gm, '  COUNT ');
  return drawn.length === 0 ? timeless : timeless.replace(groups, '$1DRAWN');
}

/** The frames of a telling: `Bar>HELLO` was sent by Bar, `Bar<PROMPT` by the server. */
export function framesOf(telling: string): string[] {
  const lines = telling.matchAll(/^ {2}(\w+) +(-->|<--) server {2}([A-Z]+)\b/gm);
  return [...lines].map(([, who, arrow, type]) => `${who}${arrow === '-->' ? '>' : '<'}${type}`);
}

/** The types of the frames that a ladder has arrows for. */
export function arrowsIn(ladder: string): string[] {
  const rows = ladder.matchAll(/^[\u2500-\u257f ]* \d+ +[\d.]+ .*?\b([A-Z]{3,})\b/gmu);
  return [...rows].map(([, type]) => type as string);
}
