/*
 * What is run in which order: every peer in every scenario, then the silent members of every peer, interleaved.
 */
import { interleave, type Job, type Progress } from './interleave.js';
import { measureIdle, measureTalk, type Step } from './measure.js';
import type { Cell, Results } from './results.js';
import type { Scenario } from './scenario.js';
import { idle } from './table.js';

function jobsOf(results: Results, scenarios: readonly Scenario[], withIdle: boolean): Job[] {
  const { settings, cells } = results;
  const peers = Object.keys(results.peers);
  const job = (scenario: string, peer: string, run: () => Promise<Step[]>): Job => {
    const cell: Cell = {};
    cells[scenario] = { ...cells[scenario], [peer]: cell };
    return { label: `${peer} ${scenario}`, cell, run };
  };
  const talk = scenarios.flatMap((scenario) => peers.map((peer) => job(scenario.name, peer, () => measureTalk(peer, scenario, settings))));
  return withIdle ? [...talk, ...peers.map((peer) => job(idle, peer, () => measureIdle(peer, settings)))] : talk;
}

/** Fills the results' cells. */
export async function runRounds(results: Results, scenarios: readonly Scenario[], withIdle: boolean, progress: Progress): Promise<void> {
  const { settings, remarks } = results;
  const jobs = jobsOf(results, scenarios, withIdle);
  await interleave(jobs, settings, remarks, progress);
  for (const job of jobs)
    if (loadWasTheLimit(job.cell))
      remarks.push(`${job.label}: the load's core was full while the server's was not, so the server could do more than stands here.`);
}

const fullCore = 0.95;

function loadWasTheLimit({ serverCore = [], loadCore = [] }: Cell): boolean {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean(loadCore) > fullCore && mean(serverCore) < fullCore;
}
