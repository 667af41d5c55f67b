/*
 * `npm run bench:abuse`: what rude clients do to a server and to the people in another group on it. Every attack meets a fresh
 * server; the table says how the innocent group's p99 and the server's memory stand against calm, and what became of the
 * attackers. This measures and compares; the limits themselves are tested in test/.
 */
import { parseArgs } from 'node:util';
import { attacks } from './abuse/attacks/index.js';
import { type Ordeal, undergo } from './abuse/ordeal.js';
import { loadPeer } from './fanout/peers/index.js';
import { describeMachine } from './fanout/results.js';
import { asText, type Table } from './fanout/table.js';

const attackNames = Object.keys(attacks);
const defaultPeers = ['naive', 'ws', 'socket.io', 'chatwire-limits'];

const { values: flags } = parseArgs({ options: { only: { type: 'string' }, attack: { type: 'string' } } });

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

async function rowOf(attack: string, peer: string): Promise<string[]> {
  try {
    const { calmP99Micros, attackedP99Micros, rssBeforeBytes, rssPeakBytes, rssAfterBytes, undisturbed, outcome } = await undergo(
      peer,
      attack,
    );
    const latency = [told(calmP99Micros / 1000), told(attackedP99Micros / 1000), told(attackedP99Micros / calmP99Micros)];
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

async function main(): Promise<void> {
  const peers = flags.only?.split(',') ?? defaultPeers;
  for (const peer of peers) await loadPeer(peer);
  const rows: string[][] = [headings];
  for (const attack of flags.attack?.split(',') ?? attackNames) {
    if (!(attack in attacks)) throw new Error(`"${attack}" is none of: ${attackNames.join(', ')}`);
    for (const peer of peers) {
      rows.push(await rowOf(attack, peer));
      console.error(`${attack} ${peer}`);
    }
  }
  const table: Table = { title: describeMachine(), rows };
  console.log(asText(table));
}

await main();
