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
  try {
    work = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    return refuse(`${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
  const marks = await grade(casesFor(work, cases), (mark) => console.log(markLines(mark).join('\n')));
  console.log(gradeLine(marks));
  process.exit(marks.some(({ wrong }) => wrong !== undefined) ? 1 : 0); // unfinished work may have left something open
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 2;
}
