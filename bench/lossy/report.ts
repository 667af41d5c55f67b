/*
 * The results as one table a loss, in text and in Markdown; kernel TCP stands below as what it is: a figure from elsewhere.
 */
import { type Cell, describeMachine } from '../fanout/results.js';
import { asText, type Column, headingsOf, rowOf, type Table, tableAsMarkdown, three, whole } from '../fanout/table.js';
import type { LossySettings } from './measure.js';
import { delayMs, everyMs, kernelTcp, messageBytes, variants } from './variants.js';

export interface LossyResults {
  readonly date: string;
  readonly settings: LossySettings & { readonly runs: number };
  /** By loss ("0.05"), then by variant. */
  readonly cells: Record<string, Record<string, Cell>>;
  readonly remarks: string[];
}

const millis = (micros: number) => (micros / 1000).toFixed(1);

const columns: readonly Column[] = [
  { heading: 'p50 ms', metric: 'p50Micros', show: millis },
  { heading: 'p90 ms', metric: 'p90Micros', show: millis },
  { heading: 'p99 ms', metric: 'p99Micros', show: millis },
  { heading: 'bytes/message', metric: 'bytesEach', show: three },
  { heading: 'datagrams/message', metric: 'datagramsEach', show: three },
  { heading: 'messages/run', metric: 'messages', show: whole },
];

const percent = (loss: number | string) => `${Math.round(Number(loss) * 100)}%`;

function tablesOf({ cells }: LossyResults): Table[] {
  return Object.entries(cells)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([loss, byVariant]) => {
      const rows = Object.entries(byVariant).map(([variant, cell]) => rowOf(columns, variant, cell, undefined));
      return { title: `Loss ${percent(loss)} each way`, rows: [headingsOf(columns), ...rows] };
    });
}

const tcpSentences = kernelTcp.map(
  ({ loss, p90, p99 }) => `at ${percent(loss)} loss ${p90 === undefined ? '' : `p90 ${p90} ms, `}p99 ${p99} ms`,
);
const reference = `For reference, NOT measured in this run (it needs netem): kernel TCP on the same path, ${tcpSentences.join('; ')}.`;

function headOf({ date, settings }: LossyResults): string {
  return (
    `Measured ${date} on ${describeMachine()}. One-way latency of a ${messageBytes}-byte message every ${everyMs} ms on each of ` +
    `${settings.connections} connections, ${delayMs} ms each way, real driver and link. Medians of up to ${settings.runs} runs, each with ` +
    'losses of its own seed. Bytes are those of all datagrams of both ends, repetitions and acknowledgements included.'
  );
}

/** For the terminal. */
export function lossyAsText(results: LossyResults): string {
  return [headOf(results), '', ...tablesOf(results).map(asText), reference, ...results.remarks].join('\n');
}

/** For docs/performance.md. */
export function lossyAsMarkdown(results: LossyResults): string {
  const notes = Object.entries(variants).map(([name, { note }]) => `- **${name}**: ${note}`);
  const remarks = results.remarks.map((remark) => `- ${remark}`);
  const parts = [headOf(results), '', ...tablesOf(results).map(tableAsMarkdown), ...notes, '', reference, '', ...remarks];
  return parts.join('\n').trimEnd().concat('\n');
}
