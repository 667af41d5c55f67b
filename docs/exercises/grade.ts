/*
 * Grades an exercise: `npm run -s exercise -- NAME [FILE]`. Without a file it is the unfinished one beside the exercise's
 * README. Exit code 0 if all is right, 1 if not, 2 if there is nothing to grade.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exercise as arq } from './arq/grading.js';
import { exercise as frame } from './frame/grading.js';
import { casesFor, type Exercise, grade, gradeLine, markLines } from './grading.js';
import { inPlace } from './in-place.js';
import { exercise as transport } from './transport/grading.js';

const EXERCISES: Readonly<Record<string, Exercise>> = { frame, arq, transport };
const names = Object.keys(EXERCISES).join(', ');

const [name = '', asked] = process.argv.slice(2);
const exercise = Object.hasOwn(EXERCISES, name) ? EXERCISES[name] : undefined;
const path = resolve(asked ?? `docs/exercises/${name}/${name}.ts`);
if (!exercise) refuse(name === '' ? `Say which exercise: ${names}.` : `There is no exercise "${name}"; there is ${names}.`);
else if (!existsSync(path)) refuse(`There is no file ${path}.`);
else await run(exercise);

async function run({ cases }: Exercise): Promise<void> {
  let work: Readonly<Record<string, unknown>>;
  const placed = inPlace(path, name);
  try {
    work = (await import(pathToFileURL(placed.path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    return refuse(`${path} cannot be loaded: ${placed.asOfFile(whatWasWrong(error))}`);
  }
  const marks = await grade(casesFor(work, cases), (mark) => console.log(markLines(mark).join('\n')));
  console.log(gradeLine(marks));
  process.exit(marks.some(({ wrong }) => wrong !== undefined) ? 1 : 0); // unfinished work may have left something open
}

/** The line that says it: of what could not be compiled the first fault, of a module that is missing where it is looked for. */
function whatWasWrong(error: unknown): string {
  const [line = '', first] = (error instanceof Error ? error.message : String(error)).split('\n');
  const told = /^Transform failed/.test(line) && first !== undefined ? first : line;
  const isMissing = /^Cannot find /.test(told);
  const sentence = /[.!?]$/.test(told) ? told : `${told}.`;
  return isMissing ? `${sentence} It may import what docs/exercises/${name}/${name}.ts can, and what lies beside it.` : sentence;
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 2;
}
