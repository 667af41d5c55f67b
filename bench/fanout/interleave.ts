/*
 * Round after round, every job once, so that whatever disturbs the machine hits all alike. What was disturbed is dropped and its
 * run repeated in a later round, until enough are kept or the rounds are over.
 */
import { waitForCalm } from './disturbance.js';
import type { Step } from './measure.js';
import { type Cell, keep } from './results.js';

/** Something to measure again and again, and where its figures go. */
export interface Job {
  readonly label: string;
  readonly cell: Cell;
  readonly run: () => Promise<readonly Step[]>;
}

/** How often. */
export interface Repeats {
  readonly runs: number;
  /** How many rounds beyond `runs` may be spent on repeating what other programs disturbed. */
  readonly maxRepeats: number;
  /** How long a run waits for other programs to calm down before it starts anyway. */
  readonly waitForCalmMs: number;
}

/** Where the rounds tell how they go. */
export interface Progress {
  readonly say: (line: string) => void;
  /** After each round, with what there is so far. */
  readonly roundDone: () => void;
}

/** How a job fares. */
interface Course extends Job {
  missing: boolean;
  dropped: number;
  failures: number;
  /** Why it failed last. */
  remark: string | undefined;
}

/** A job that fails this often is left. */
const maxFailures = 2;

/** Runs one job once and keeps what was undisturbed. */
async function attempt(job: Course, repeats: Repeats, say: (line: string) => void): Promise<void> {
  try {
    await waitForCalm(repeats.waitForCalmMs);
    const steps = await job.run();
    for (const { figures, metrics } of steps) {
      for (const metric of metrics) job.cell[metric] ??= [];
      if (figures) keep(job.cell, figures, repeats.runs);
      else job.dropped++;
    }
    job.missing = Object.values(job.cell).some((values) => values.length < repeats.runs);
    say(`${job.label}: ${steps.map(({ figures }) => (figures ? 'kept' : 'disturbed, dropped')).join(', ')}`);
  } catch (error) {
    job.failures++;
    job.remark = `${job.label} failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
    say(job.remark);
  }
}

/** Fills the jobs' cells, and remarks on what did not go as it should. */
export async function interleave(jobs: readonly Job[], repeats: Repeats, remarks: string[], progress: Progress): Promise<void> {
  const courses: Course[] = jobs.map((job) => ({ ...job, missing: true, dropped: 0, failures: 0, remark: undefined }));
  for (let round = 1; round <= repeats.runs + repeats.maxRepeats; round++) {
    for (const course of courses) {
      if (!course.missing || course.failures >= maxFailures) continue;
      await attempt(course, repeats, (line) => progress.say(`round ${round}: ${line}`));
    }
    progress.roundDone();
  }
  const dropped = courses.reduce((sum, course) => sum + course.dropped, 0);
  if (dropped > 0) remarks.push(`${dropped} measurements were disturbed by other programs, dropped and repeated.`);
  for (const { label, missing, remark } of courses)
    if (missing) remarks.push(remark ?? `${label}: fewer than ${repeats.runs} undisturbed runs; gave up.`);
}
