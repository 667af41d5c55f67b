/*
 * `npm run bench:abuse`: what rude clients do to a server and to the people in another group on it. Every attack meets a fresh
 * server; the table says how the innocent group's p99 and the server's memory stand against calm, and what became of the
 * attackers. This measures and compares; the limits themselves are tested in test/.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { attacks } from './abuse/attacks/index.js';
import { type Ordeal, undergo } from './abuse/ordeal.js';
import { loadPeer } from './fanout/peers/index.js';
import { describeMachine } from './fanout/results.js';
import { asText, type Table, tableAsMarkdown } from './fanout/table.js';

const attackNames = Object.keys(attacks);
const defaultPeers = ['naive', 'ws', 'socket.io', 'chatwire-limits'];

const usage = `npm run bench:abuse -- [options]
  --only NAMES         peers, by comma (default ${defaultPeers.join(',')})
  --attack NAMES       ${attackNames.join(', ')} (by comma; default all)
  --attempts N         how often one is made, at most, until other programs leave latencies of both times (default 3)
  --markdown FILE      also write the table as Markdown`;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    attack: { type: 'string' },
    attempts: { type: 'string', default: '3' },
    markdown: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** An innocent group is unharmed if its p99 stays within this of calm. */
const goalRatio = 2;

const headings = [
  'attack',
  'peer',
  'p99 calm ms',
  'attacked',
  'ratio',
  'RSS MiB before',
  'peak',
  'after',
  'undisturbed',
  'what became of it',
];

const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
/** A figure, or a dash where other programs left nothing undisturbed. */
const told = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(2));

function tell(outcome: Ordeal['outcome']): string {
  return Object.entries(outcome)
    .map(([name, value]) => `${name} ${value === Number.POSITIVE_INFINITY ? 'never' : Math.round(value * 10) / 10}`)
    .join(', ');
}

/** An attack, made anew while nothing that other programs left undisturbed tells of the latency. */
async function attempt(attack: string, peer: string): Promise<Ordeal> {
  for (let left = Number(flags.attempts); ; left--) {
    const ordeal = await undergo(peer, attack);
    if (left <= 1 || !Number.isNaN(ordeal.attackedP99Micros / ordeal.calmP99Micros)) return ordeal;
    console.error(`${attack} ${peer} was disturbed; once more`);
  }
}

async function rowOf(attack: string, peer: string, ratios: Map<string, number[]>): Promise<string[]> {
  try {
    const ordeal = await attempt(attack, peer);
    const { calmP99Micros, attackedP99Micros, rssBeforeBytes, rssPeakBytes, rssAfterBytes, undisturbed, outcome } = ordeal;
    const ratio = attackedP99Micros / calmP99Micros;
    ratios.set(peer, [...(ratios.get(peer) ?? []), ratio]);
    const latency = [told(calmP99Micros / 1000), told(attackedP99Micros / 1000), told(ratio)];
    return [
      attack,
      peer,
      ...latency,
      mebibytes(rssBeforeBytes),
      mebibytes(rssPeakBytes),
      mebibytes(rssAfterBytes),
      `${Math.round(undisturbed * 100)}%`,
      tell(outcome),
    ];
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return [attack, peer, ...Array<string>(headings.length - 3).fill('-'), reason];
  }
}

/** How the innocent fared, attack by attack; what could not be measured is not called met. */
function verdict(peer: string, ratios: readonly number[]): string {
  const measured = ratios.filter((ratio) => !Number.isNaN(ratio));
  const met = measured.filter((ratio) => ratio <= goalRatio).length;
  return `${peer}: the innocent group's p99 within ${goalRatio}x of calm in ${met} of ${measured.length} attacks measured; of ${ratios.length - measured.length} there is no undisturbed latency.`;
}

async function main(): Promise<void> {
  if (flags.help) return console.log(usage);
  const peers = flags.only?.split(',') ?? defaultPeers;
  for (const peer of peers) await loadPeer(peer);
  const rows: string[][] = [headings];
  const ratios = new Map<string, number[]>();
  for (const attack of flags.attack?.split(',') ?? attackNames) {
    if (!(attack in attacks)) throw new Error(`"${attack}" is none of: ${attackNames.join(', ')}`);
    for (const peer of peers) {
      rows.push(await rowOf(attack, peer, ratios));
      console.error(`${attack} ${peer}`);
    }
  }
  const table: Table = { title: `${new Date().toISOString().slice(0, 10)}, ${describeMachine()}`, rows };
  const verdicts = [...ratios].map(([peer, all]) => verdict(peer, all));
  console.log([asText(table), ...verdicts].join('\n'));
  if (flags.markdown === undefined) return;
  mkdirSync(dirname(flags.markdown), { recursive: true });
  writeFileSync(flags.markdown, `${[tableAsMarkdown(table), ...verdicts].join('\n')}\n`);
}

await main();
