/*
 * The results as tables, in text and in Markdown. Rates are compared to raw datagrams, the crowd over UDP to the same crowd over TCP.
 */
import { type Cell, describeMachine } from '../fanout/results.js';
import { asText, type Column, headingsOf, percent, rowOf, type Table, tableAsMarkdown, three, whole } from '../fanout/table.js';
import { messagesUnderWay } from './peer.js';
import { reference } from './peers/index.js';
import type { UdpSettings } from './settings.js';

/** Everything that a run of the benchmark gathers. */
export interface UdpResults {
  readonly date: string;
  readonly settings: UdpSettings;
  readonly peers: Readonly<Record<string, string>>;
  /** By part, then by peer. */
  readonly cells: Record<string, Record<string, Cell>>;
  readonly remarks: string[];
}

const cores: readonly Column[] = [
  { heading: 'server core', metric: 'serverCore', show: percent },
  { heading: 'load core', metric: 'loadCore', show: percent },
];

/** A rate, and the processor time of both processes for each of its units. */
const rate = (units: string, each: string, size = 1): readonly Column[] => [
  { heading: `${units}/s`, metric: 'perSecond', show: (perSecond) => three(perSecond / size), compared: true },
  { heading: `CPU us/${each}`, metric: 'cpuMicrosEach', show: (micros) => three(micros * size), compared: true },
  ...cores,
];

interface Part {
  readonly title: (settings: UdpSettings) => string;
  readonly columns: readonly Column[];
  readonly reference: string;
}

/** What is measured, by name. */
export const parts: Readonly<Record<string, Part>> = {
  bulk: { title: () => 'Bulk: one stream, one way', columns: rate('MB', 'MB', 1e6), reference },
  echo: {
    title: () => `Echo: 64-byte messages, ${whole(messagesUnderWay.echo)} under way`,
    columns: rate('messages', 'message'),
    reference,
  },
  ping: { title: () => 'Ping: one 64-byte message there and back, then the next', columns: rate('round trips', 'round trip'), reference },
  crowd: {
    title: ({ connections, deliveriesPerSecond }) =>
      `A chat server with ${whole(connections)} members in groups of 10: silent, then with ${whole(deliveriesPerSecond)} deliveries/s`,
    columns: [
      { heading: 'KiB/member', metric: 'kibPerConnection', show: three, compared: true },
      { heading: 'timers', metric: 'timers', show: whole },
      { heading: 'silent: CPU us/s each', metric: 'silentMicros', show: three, compared: true },
      { heading: 'talking: CPU us/s each', metric: 'talkingMicros', show: three, compared: true },
      { heading: 'CPU us/delivery', metric: 'microsPerDelivery', show: three, compared: true },
      { heading: 'p50 ms', metric: 'p50Micros', show: (micros) => three(micros / 1000) },
      { heading: 'p99 ms', metric: 'p99Micros', show: (micros) => three(micros / 1000) },
    ],
    reference: 'tcp',
  },
};

/** All tables of the results. */
export function tablesOf({ cells, settings }: UdpResults): Table[] {
  return Object.entries(cells).map(([name, byPeer]) => {
    const { title, columns, reference: base } = parts[name] as Part;
    const rows = Object.entries(byPeer).map(([peer, cell]) => rowOf(columns, peer, cell, byPeer[base]));
    return { title: title(settings), rows: [headingsOf(columns), ...rows] };
  });
}

function headOf({ date, settings }: UdpResults): string {
  return `Measured ${date} on ${describeMachine()}. Medians of up to ${settings.runs}, peers interleaved; ratios are to ${reference}, in the crowd to tcp.`;
}

/** For the terminal. */
export function udpAsText(results: UdpResults): string {
  return [headOf(results), '', ...tablesOf(results).map(asText), ...results.remarks].join('\n');
}

/** For docs/performance.md. */
export function udpAsMarkdown(results: UdpResults): string {
  const peers = Object.entries(results.peers).map(([name, note]) => `- **${name}**: ${note}`);
  const remarks = results.remarks.map((remark) => `- ${remark}`);
  return [headOf(results), '', ...tablesOf(results).map(tableAsMarkdown), ...peers, '', ...remarks].join('\n').trimEnd().concat('\n');
}
