/*
 * The architecture as it is, from the imports that stand in the files: which house imports which, and within each house
 * which room. Tests and benchmarks import everything and are left out.
 */
import type { ExplainedFile } from '../sources/explained.js';
import type { Arrow, Box, Graph } from './graph.js';

const LEFT_OUT = new Set(['test', 'bench', 'docs']);
/** The others, each before those on which it stands. */
const STOREYS = ['cli', 'gui', 'examples', 'lab', 'tracer', 'transports', 'lib'];
const FILLS: Readonly<Record<string, string>> = {
  lib: '#e7f0fb',
  transports: '#e8f5ec',
  tracer: '#f3ecfa',
  examples: '#fff4e0',
  lab: '#fdf8d8',
  cli: '#fdecea',
  gui: '#fdecea',
};

/** The rooms of the house as a graph. */
export function architecture(files: readonly ExplainedFile[]): Graph {
  const sources = sourcesOf(files);
  const known = new Set(sources.map(({ path }) => path));
  const ids = [...new Set(sources.map(({ path }) => room(path)))].sort();
  const pairs = sources.flatMap(({ path, imports }) =>
    imports.filter((target) => known.has(target)).map((target) => [path, target] as const),
  );
  const between = (name: (path: string) => string): Arrow[] =>
    [...new Set(pairs.map(([from, to]) => `${name(from)} ${name(to)}`))].sort().map((pair) => {
      const [from = '', to = ''] = pair.split(' ');
      return { from, to };
    });
  const inside = between(room).filter(({ from, to }) => from !== to && top(from) === top(to));
  const across = withoutShortcuts(between(top).filter(({ from, to }) => from !== to));
  const houses = [...new Set(ids.map(top))];
  return {
    direction: 'TB',
    rankGap: 0.5,
    clusters: Object.fromEntries(houses.map((house) => [house, `${house}/`])),
    boxes: ids.map((id): Box => ({ id, label: labelOf(id), cluster: top(id), fill: FILLS[top(id)] ?? '#ffffff' })),
    arrows: [
      ...bothWays(withoutShortcuts(inside)),
      ...across.map(({ from, to }) => ({ from: lastOf(from, inside, ids), to: firstOf(to, inside, ids), whole: true })),
    ],
  };
}

/** How many imports lead from one house to another, or stay in it. */
export interface HouseRow {
  readonly house: string;
  readonly to: readonly number[];
}

/** The imports between houses, counted: all of them, those too that the drawing leaves out. */
export function importsBetween(files: readonly ExplainedFile[]): readonly HouseRow[] {
  const houses = new Set(sourcesOf(files).map(({ path }) => top(path)));
  for (const house of houses) if (!STOREYS.includes(house)) throw new Error(`The report’s table of houses does not know ${house}/.`);
  const standing = STOREYS.filter((house) => houses.has(house));
  return standing.map((house) => {
    const targets = files.filter(({ path }) => top(path) === house).flatMap(({ imports }) => imports.map(top));
    return { house, to: standing.map((other) => targets.filter((target) => target === other).length) };
  });
}

/** The sources in the houses that are shown. */
function sourcesOf(files: readonly ExplainedFile[]): readonly ExplainedFile[] {
  return files.filter(({ path }) => /\.tsx?$/.test(path) && !LEFT_OUT.has(top(path)) && path.includes('/'));
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

/**
 * Without the arrows that a longer way leads to as well: the drawing shows who stands on whom, not every import. A way
 * back to where the arrow begins is no such way.
 */
function withoutShortcuts(arrows: readonly Arrow[]): Arrow[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of arrows) next.set(from, (next.get(from) ?? new Set()).add(to));
  const leads = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(next.get(from) ?? [])].some((step) => {
      if (seen.has(step)) return false;
      seen.add(step);
      return step === to || leads(step, to, seen);
    });
  return arrows.filter(({ from, to }) => {
    const ways = next.get(from) ?? new Set<string>();
    const isShortcut = [...ways].some((step) => step !== to && leads(step, to) && !leads(step, from));
    if (isShortcut) ways.delete(to);
    return !isShortcut;
  });
}

/** Two arrows between the same boxes become one with two heads. */
function bothWays(arrows: readonly Arrow[]): Arrow[] {
  const has = (from: string, to: string) => arrows.some((one) => one.from === from && one.to === to);
  return arrows
    .filter(({ from, to }) => !(has(to, from) && from > to))
    .map((one) => (has(one.to, one.from) ? { ...one, both: true } : one));
}

/** A room of a house that no other room of it imports: an arrow to the house ends here, so that the house is drawn below. */
function firstOf(house: string, inside: readonly Arrow[], rooms: readonly string[]): string {
  const ours = rooms.filter((id) => top(id) === house);
  return ours.find((id) => !inside.some(({ to }) => to === id)) ?? ours[0] ?? house;
}

/** A room of a house that imports no other room of it: an arrow from the house begins here. */
function lastOf(house: string, inside: readonly Arrow[], rooms: readonly string[]): string {
  const ours = rooms.filter((id) => top(id) === house);
  return ours.find((id) => !inside.some(({ from }) => from === id)) ?? ours.at(-1) ?? house;
}
