/*
 * What passwords cost: one hash at the default cost, and a class of 100 that joins at once from one address, alone and
 * beside somebody at another address who has 600 guesses waiting before the class comes.
 *
 *   npm run bench:passwords [-- --runs 5]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg, release, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { scryptPasswords } from '../transports/node.js';
import { median } from './fanout/statistics.js';
import { type Applicant, apply, PASSWORD, type Served } from './passwords/applicants.js';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const runs = Number(values.runs);
const HASHES = 50;
const CLASS = 100;
const GUESSES = 600;
const SCHOOL = '127.0.0.2';
const ELSEWHERE = '127.0.0.3';
/** IDs of five digits, of which a server with one group has none. */
const FIRST_UNKNOWN = 10_000;

const load = () => loadavg()[0]?.toFixed(1);
console.log(
  `${new Date().toISOString().slice(0, 16)}Z, ${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${type()} ${release()}, Node ${process.version}`,
);
console.log(`Others at work at the start (load average of a minute): ${load()}\n`);

const hashes = await oneByOne(HASHES);
console.log(`one hash: ${ms(hashes.wallMs)}, of processor time ${ms(hashes.cpuMs)} (median and mean of ${HASHES}, one after another)`);
for (const guesses of [0, GUESSES]) {
  const classes: Joined[] = [];
  for (let run = 0; run < runs; run++) classes.push(await classJoins(guesses));
  const of = (figure: (joined: Joined) => number) => {
    const all = classes.map(figure);
    return `${s(median(all))} (${s(Math.min(...all))} to ${s(Math.max(...all))})`;
  };
  console.log(
    `${CLASS} join at once${guesses > 0 ? `, ${guesses} guesses from elsewhere waiting` : ''}; median of ${runs}, least and most:`,
  );
  console.log(`  the first is in after ${of(({ first }) => first)}, the last after ${of(({ last }) => last)}`);
  if (guesses > 0) console.log(`  guesses answered meanwhile: ${median(classes.map(({ guessed }) => guessed))}`);
}
console.log(`\nLoad at the end: ${load()}`);

async function oneByOne(count: number): Promise<{ readonly wallMs: number; readonly cpuMs: number }> {
  const passwords = scryptPasswords();
  await passwords.hash('warm');
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await passwords.hash('secret');
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  return { wallMs: median(times), cpuMs: (user + system) / 1000 / count };
}

/** Seconds from the first connection to the first and the last JOINED, and how many guesses were answered by then. */
interface Joined {
  readonly first: number;
  readonly last: number;
  readonly guessed: number;
}

/** A fresh server; the guesses are asked before the class comes. */
async function classJoins(guesses: number): Promise<Joined> {
  const child = fork(fileURLToPath(new URL('./passwords/server-process.js', import.meta.url)));
  const [served] = (await once(child, 'message')) as [Served];
  let guessed = 0;
  const guess = (i: number) => apply(served, { from: ELSEWHERE, name: 'guesser', group: String(FIRST_UNKNOWN + i), password: 'guess' });
  const guessers = await Promise.all(Array.from({ length: guesses }, (_, i) => guess(i)));
  for (const { answer } of guessers) answer.then(() => guessed++).catch(() => undefined);
  const began = performance.now();
  const seconds: number[] = [];
  const member = async (i: number): Promise<Applicant> => {
    const applicant = await apply(served, { from: SCHOOL, name: `member ${i}`, group: served.group, password: PASSWORD });
    if ((await applicant.answer) !== 'JOINED') throw new Error(`member ${i} was refused`);
    seconds.push((performance.now() - began) / 1000);
    return applicant;
  };
  const members = await Promise.all(Array.from({ length: CLASS }, (_, i) => member(i)));
  const found = { first: Math.min(...seconds), last: Math.max(...seconds), guessed };
  for (const { socket } of [...members, ...guessers]) socket.destroy();
  child.disconnect();
  await once(child, 'exit');
  return found;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function s(value: number): string {
  return `${value.toFixed(2)} s`;
}
