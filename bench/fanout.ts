/*
 * `npm run bench:fanout`: how fast a message to a group reaches its members, Chatwire beside the loop that most people write,
 * beside the practical limit of node:net, and beside well-known servers, in one run on one machine. Figures compare peers, not
 * machines, and this is no test: nothing fails when they change.
 */
import { execSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPeer, peerNames } from './fanout/peers/index.js';
import { drawFanOut } from './fanout/plot.js';
import { canPin } from './fanout/processes.js';
import { describeMachine, type Results } from './fanout/results.js';
import { runRounds } from './fanout/rounds.js';
import { fullSettings, quickSettings, type Settings, scenarios } from './fanout/scenario.js';
import { asMarkdown, asText, idle, tablesOf } from './fanout/table.js';

/** The server with its default limits is there for the abuse benchmark. */
const fanOutPeers = peerNames.filter((name) => name !== 'chatwire-limits');

const usage = `npm run bench:fanout -- [options]
  --only NAMES       peers, by comma: ${peerNames.join(',')}
  --scenario NAMES   ${[...scenarios.map((scenario) => scenario.name), idle].join(', ')} (by comma; default all)
  --runs N           undisturbed runs to take medians of (default ${fullSettings.runs})
  --repeats N        rounds beyond these to repeat what other programs disturbed (default ${fullSettings.maxRepeats})
  --quick            short windows, one run: for developing
  --markdown FILE    also write the tables as Markdown, and the chart beside it as .svg
  --json FILE        where the raw figures go (default bench/results/fanout.json; the chart beside it)`;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    scenario: { type: 'string' },
    runs: { type: 'string' },
    repeats: { type: 'string' },
    quick: { type: 'boolean', default: false },
    markdown: { type: 'string' },
    json: { type: 'string', default: 'bench/results/fanout.json' },
    help: { type: 'boolean', default: false },
  },
});

function chosen(list: string | undefined, known: readonly string[]): readonly string[] {
  const names = list?.split(',') ?? known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`"${unknown}" is none of: ${known.join(', ')}`);
  return names;
}

function settingsOf(remarks: string[]): Settings {
  const base = flags.quick ? quickSettings : fullSettings;
  const runs = flags.runs === undefined ? base.runs : Number(flags.runs);
  const maxRepeats = flags.repeats === undefined ? base.maxRepeats : Number(flags.repeats);
  const openFiles = Number(execSync('ulimit -Hn', { shell: '/bin/sh' }).toString()) || Number.POSITIVE_INFINITY;
  const idleConnections = Math.min(base.idleConnections, Math.floor((openFiles - 200) / 100) * 100);
  if (idleConnections < base.idleConnections)
    remarks.push(`Only ${idleConnections} silent members: ulimit -Hn allows ${openFiles} open files.`);
  return { ...base, runs, maxRepeats, idleConnections };
}

/** The peers that can run here, with their notes; says why the others cannot. */
async function availablePeers(names: readonly string[], remarks: string[]): Promise<Record<string, string>> {
  const notes: Record<string, string> = {};
  for (const name of names) {
    const peer = await loadPeer(name);
    const reason = peer.unavailable?.();
    if (reason === undefined) notes[name] = peer.note;
    else remarks.push(`${name} was left out: ${reason}.`);
  }
  return notes;
}

function writeAll(results: Results): void {
  mkdirSync(dirname(flags.json), { recursive: true });
  writeFileSync(flags.json, JSON.stringify(results, null, 2));
  writeFileSync(`${flags.json.replace(/\.json$/, '')}.svg`, drawFanOut(results));
  if (flags.markdown === undefined) return;
  writeFileSync(flags.markdown, asMarkdown(results));
  writeFileSync(`${flags.markdown.replace(/\.md$/, '')}.svg`, drawFanOut(results));
}

async function main(): Promise<void> {
  if (flags.help) return console.log(usage);
  const remarks: string[] = [];
  const shapes = chosen(flags.scenario, [...scenarios.map((scenario) => scenario.name), idle]);
  const peers = await availablePeers(chosen(flags.only ?? fanOutPeers.join(','), peerNames), remarks);
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    settings: settingsOf(remarks),
    peers,
    cells: {},
    remarks,
  };
  if (!canPin) remarks.push('No taskset here: the processes were not pinned to cores, so expect wider spread.');

  const chosenScenarios = scenarios.filter((scenario) => shapes.includes(scenario.name));
  const report = () => {
    console.log(`${results.date}, ${results.machine}\n`);
    for (const table of tablesOf(results)) console.log(asText(table));
    for (const remark of remarks) console.log(remark);
    writeAll(results);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      remarks.push('Stopped before its end.');
      report();
      process.exit(1);
    });
  }
  await runRounds(results, chosenScenarios, shapes.includes(idle), {
    say: (line) => console.error(line),
    roundDone: () => writeAll(results),
  });
  report();
}

await main();
