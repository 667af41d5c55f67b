/*
 * `npm run bench:udp`: Chatwire's reliable UDP beside raw datagrams, TCP and native libraries, in one run on one machine; and what
 * 2,000 connections cost a chat server. Figures compare peers, not machines, and this is no test: nothing fails when they change.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { interleave, type Job } from './fanout/interleave.js';
import { canPin } from './fanout/processes.js';
import type { Cell } from './fanout/results.js';
import { crowdTransports, measureCrowd } from './udp/crowd/measure.js';
import { measure } from './udp/measure.js';
import type { Task } from './udp/peer.js';
import { loadPeer, peerNames } from './udp/peers/index.js';
import { parts, type UdpResults, udpAsMarkdown, udpAsText } from './udp/report.js';
import { fullSettings, quickSettings } from './udp/settings.js';

const usage = `npm run bench:udp -- [options]
  --only NAMES         peers, by comma: ${peerNames.join(',')}
  --part NAMES         ${Object.keys(parts).join(', ')} (by comma; default all)
  --runs N             undisturbed runs to take medians of (default ${fullSettings.runs})
  --repeats N          rounds beyond these to repeat what other programs disturbed (default ${fullSettings.maxRepeats})
  --connections N      members of the crowd (default ${fullSettings.connections})
  --deliveries N       what the crowd hears in a second (default ${fullSettings.deliveriesPerSecond})
  --modules FOLDER     where else udx-native and utp-native are looked for: npm install --prefix FOLDER udx-native utp-native
  --quick              short windows, one run: for developing
  --markdown FILE      also write the tables as Markdown
  --json FILE          where the raw figures go (default bench/results/udp.json)`;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: peerNames.join(',') },
    part: { type: 'string', default: Object.keys(parts).join(',') },
    runs: { type: 'string' },
    repeats: { type: 'string' },
    connections: { type: 'string' },
    deliveries: { type: 'string' },
    modules: { type: 'string', default: '.' },
    quick: { type: 'boolean', default: false },
    markdown: { type: 'string' },
    json: { type: 'string', default: 'bench/results/udp.json' },
    help: { type: 'boolean', default: false },
  },
});

function settingsOf() {
  const base = flags.quick ? quickSettings : fullSettings;
  const number = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : Number(text));
  return {
    ...base,
    runs: number(flags.runs, base.runs),
    maxRepeats: number(flags.repeats, base.maxRepeats),
    connections: number(flags.connections, base.connections),
    deliveriesPerSecond: number(flags.deliveries, base.deliveriesPerSecond),
  };
}

/** The notes of the peers that can run here; says why the others cannot. */
async function availablePeers(remarks: string[]): Promise<Record<string, string>> {
  const notes: Record<string, string> = {};
  for (const name of flags.only.split(',')) {
    try {
      notes[name] = (await loadPeer(name, flags.modules)).note;
    } catch (error) {
      if (!peerNames.includes(name)) throw error;
      remarks.push(`${name} was left out: ${(error as Error).message.split('\n')[0]}.`);
    }
  }
  return notes;
}

function jobsOf({ cells, peers, settings, remarks }: UdpResults): Job[] {
  const remark = (text: string) => void remarks.push(text);
  return flags.part.split(',').flatMap((part) => {
    if (!(part in parts)) throw new Error(`"${part}" is none of: ${Object.keys(parts).join(', ')}`);
    const names = part === 'crowd' ? crowdTransports : Object.keys(peers);
    return names.map((peer): Job => {
      const cell: Cell = {};
      cells[part] = { ...cells[part], [peer]: cell };
      const run = () =>
        part === 'crowd' ? measureCrowd(peer, settings) : measure({ peer, task: part as Task, modules: flags.modules }, settings, remark);
      return { label: `${peer} ${part}`, cell, run };
    });
  });
}

async function main(): Promise<void> {
  if (flags.help) return console.log(usage);
  const remarks: string[] = [];
  const peers = await availablePeers(remarks);
  const results: UdpResults = { date: new Date().toISOString().slice(0, 10), settings: settingsOf(), peers, cells: {}, remarks };
  if (!canPin) remarks.push('No taskset here: the processes were not pinned to cores, so expect wider spread.');
  const write = () => {
    mkdirSync(dirname(flags.json), { recursive: true });
    writeFileSync(flags.json, JSON.stringify(results, null, 2));
    if (flags.markdown !== undefined) writeFileSync(flags.markdown, udpAsMarkdown(results));
  };
  await interleave(jobsOf(results), results.settings, remarks, { say: (line) => console.error(line), roundDone: write });
  console.log(udpAsText(results));
  write();
}

await main();
