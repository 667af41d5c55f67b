/*
 * The architecture as it is: which folder imports which, from the imports that stand in the files. Tests and benchmarks
 * import everything and are left out.
 */
import type { ExplainedFile } from '../sources/explained.js';
import type { Arrow, Box, Graph } from './graph.js';

const LEFT_OUT = new Set(['test', 'bench', 'docs']);
const FILLS: Readonly<Record<string, string>> = {
  lib: '#e7f0fb',
  transports: '#e8f5ec',
  tracer: '#f3ecfa',
  examples: '#fff4e0',
  cli: '#fdecea',
  gui: '#fdecea',
};

/** The rooms of the house as a graph. */
export function architecture(files: readonly ExplainedFile[]): Graph {
  const sources = files.filter(({ path }) => /\.tsx?$/.test(path) && !LEFT_OUT.has(top(path)) && path.includes('/'));
  const known = new Set(sources.map(({ path }) => path));
  const ids = [...new Set(sources.map(({ path }) => room(path)))].sort();
  const pairs = new Set(
    sources.flatMap(({ path, imports }) => imports.filter((target) => known.has(target)).map((target) => `${room(path)} ${room(target)}`)),
  );
  const arrows = [...pairs].sort().map((pair): Arrow => {
    const [from = '', to = ''] = pair.split(' ');
    return { from, to };
  });
  const houses = [...new Set(ids.map(top))];
  return {
    direction: 'TB',
    rankGap: 0.5,
    clusters: Object.fromEntries(houses.map((house) => [house, `${house}/`])),
    boxes: ids.map((id): Box => ({ id, label: labelOf(id), cluster: top(id), fill: FILLS[top(id)] ?? '#ffffff' })),
    arrows: withoutShortcuts(arrows.filter(({ from, to }) => from !== to)),
  };
}

/** Two levels of folders; what stands in a house's own folder is its front door. */
function room(path: string): string {
  const [house = '', second = ''] = path.split('/');
  return second.includes('.') ? house : `${house}/${second}`;
}

function labelOf(id: string): string {
  return id.includes('/') ? id.slice(id.indexOf('/') + 1) : `${id} (files)`;
}

function top(path: string): string {
  return path.split('/', 1)[0] ?? '';
}

/** Without the arrows that a longer way leads to as well: the drawing shows who stands on whom, not every import. */
function withoutShortcuts(arrows: readonly Arrow[]): Arrow[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of arrows) next.set(from, (next.get(from) ?? new Set()).add(to));
  const leads = (from: string, to: string, seen: Set<string>): boolean =>
    [...(next.get(from) ?? [])].some((step) => {
      if (seen.has(step)) return false;
      seen.add(step);
      return step === to || leads(step, to, seen);
    });
  return arrows.filter(({ from, to }) => {
    const others = [...(next.get(from) ?? [])].filter((step) => step !== to);
    return !others.some((step) => step !== from && leads(step, to, new Set([from])) && !leads(step, from, new Set()));
  });
}
