/*
 * The results as tables: medians, and beside what is compared its ratio to naive. The same rows become plain text for the
 * terminal or Markdown for docs/performance.md.
 */
import { type Cell, figureOf, type Results } from './results.js';

/** A column of medians. */
export interface Column {
  readonly heading: string;
  readonly metric: string;
  readonly show: (value: number) => string;
  /** Whether a ratio to the reference (naive) stands beside it. */
  readonly compared?: boolean;
}

export const whole = (value: number) => Math.round(value).toLocaleString('en-US');
export const three = (value: number) => (value >= 100 ? whole(value) : value.toPrecision(3));
export const percent = (value: number) => `${Math.round(value * 100)}%`;
const millis = (micros: number) => three(micros / 1000);

const cores: readonly Column[] = [
  { heading: 'server core', metric: 'serverCore', show: percent },
  { heading: 'load core', metric: 'loadCore', show: percent },
];

const talkColumns: readonly Column[] = [
  { heading: 'deliveries/s', metric: 'deliveriesPerSecond', show: whole, compared: true },
  { heading: 'CPU us/delivery', metric: 'serverMicrosPerDelivery', show: three, compared: true },
  ...cores,
  { heading: 'p50 ms', metric: 'p50Micros', show: millis, compared: true },
  { heading: 'p99 ms', metric: 'p99Micros', show: millis, compared: true },
];

const idleColumns: readonly Column[] = [
  { heading: 'joins/s', metric: 'joinsPerSecond', show: whole, compared: true },
  { heading: 'CPU us/join', metric: 'serverMicrosPerJoin', show: three, compared: true },
  ...cores,
  { heading: 'KiB/member', metric: 'kibPerConnection', show: three, compared: true },
];

export const idle = 'idle';
export const reference = 'naive';

/** One table, headings first; everything is text. */
export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** What stands above the rows that `rowOf` makes. */
export function headingsOf(columns: readonly Column[]): string[] {
  return ['peer', ...columns.flatMap(({ heading, compared }) => (compared ? [heading, 'ratio'] : [heading])), 'runs'];
}

/** A row; the ratios are to the reference. */
export function rowOf(columns: readonly Column[], peer: string, cell: Cell | undefined, reference: Cell | undefined): string[] {
  const fields = columns.flatMap(({ metric, show, compared }) => {
    const value = figureOf(cell, metric);
    const base = figureOf(reference, metric);
    const text = value === undefined ? '-' : show(value);
    if (!compared) return [text];
    return [text, value === undefined || base === undefined ? '-' : three(value / base)];
  });
  const kept = Math.min(...columns.map(({ metric }) => cell?.[metric]?.length ?? 0));
  return [peer, ...fields, String(kept)];
}

/** All tables of the results. */
export function tablesOf(results: Results): Table[] {
  return Object.entries(results.cells).map(([scenario, cells]) => {
    const columns = scenario === idle ? idleColumns : talkColumns;
    const headings = headingsOf(columns);
    const rows = Object.keys(results.peers).map((peer) => rowOf(columns, peer, cells[peer], cells[reference]));
    return { title: titleOf(scenario, results), rows: [headings, ...rows] };
  });
}

function titleOf(scenario: string, { settings }: Results): string {
  if (scenario === idle) return `connect + join, and ${whole(settings.idleConnections)} silent members in groups of 10`;
  const [groups, members] = scenario.split('x').map(Number);
  const rate = whole(settings.evenDeliveriesPerSecond);
  return `${groups} group${groups === 1 ? '' : 's'} x ${whole(members ?? 0)} members: saturated; latency at ${rate} deliveries/s, open loop`;
}

/** Columns lined up for a terminal. */
export function asText({ title, rows }: Table): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row.map((field, column) => (column === 0 ? field.padEnd(widths[0] ?? 0) : field.padStart(widths[column] ?? 0))).join('  '),
  );
  return `${title}\n${lines.join('\n')}\n`;
}

/** The same as Markdown, under a heading. */
export function tableAsMarkdown({ title, rows: [headings = [], ...rows] }: Table): string {
  const line = (fields: readonly string[]) => `| ${fields.join(' | ')} |`;
  const rule = `|---|${'---:|'.repeat(headings.length - 1)}`;
  return `### ${title}\n\n${[line(headings), rule, ...rows.map(line)].join('\n')}\n`;
}

/** A section of Markdown with everything needed to read the figures. */
export function asMarkdown(results: Results): string {
  const tables = tablesOf(results).map(tableAsMarkdown);
  const peers = Object.entries(results.peers).map(([name, note]) => `- **${name}**: ${note}`);
  const remarks = results.remarks.map((remark) => `- ${remark}`);
  const head = `Measured ${results.date} on ${results.machine}. Medians of up to ${results.settings.runs}, peers interleaved; ratios are to naive.`;
  return [head, '', ...tables, ...peers, '', ...remarks].join('\n').trimEnd().concat('\n');
}
