/*
 * What grades an exercise: cases with a name, each a promise that the work keeps or not. Each exercise brings its own; here
 * stands how they are run and told.
 */

/** One thing that is asked of the work. */
export interface Case {
  readonly name: string;
  /** Resolves if it is so; rejects with a sentence that says what was seen instead. */
  run(): Promise<void> | void;
}

/** What came of a case. */
export interface Mark {
  readonly name: string;
  /** What was wrong; absent: nothing. */
  readonly wrong?: string;
}

/** An exercise. */
export interface Exercise {
  /** The cases for a module: the unfinished one of the exercise, or one like it. */
  cases(work: Readonly<Record<string, unknown>>): readonly Case[];
}

/** What is asked was not so. */
export class Wrong extends Error {
  override readonly name = 'Wrong';
}

/** Throws the sentence unless the condition holds. */
export function expect(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Wrong(sentence);
}

/** What the work exports under a name, or a sentence that it does not. */
export function exported<T>(work: Readonly<Record<string, unknown>>, name: string): T {
  expect(work[name] !== undefined, `The file exports no "${name}".`);
  return work[name] as T;
}

/** The cases; work for which there can be none has failed the one case that it can be looked at. */
export function casesFor(work: Readonly<Record<string, unknown>>, cases: Exercise['cases']): readonly Case[] {
  try {
    return cases(work);
  } catch (error) {
    const run = () => {
      throw error;
    };
    return [{ name: 'the work can be looked at', run }];
  }
}

/** Runs the cases, one after the other. */
export async function grade(cases: readonly Case[], told: (mark: Mark) => void = () => {}): Promise<readonly Mark[]> {
  const marks: Mark[] = [];
  for (const { name, run } of cases) {
    let mark: Mark = { name };
    try {
      await run();
    } catch (error) {
      mark = { name, wrong: error instanceof Error ? error.message : String(error) };
    }
    marks.push(mark);
    told(mark);
  }
  return marks;
}

/** A mark as lines for a terminal. */
export function markLines({ name, wrong }: Mark): readonly string[] {
  return wrong === undefined ? [`ok    ${name}`] : [`FAIL  ${name}`, `      ${wrong.replaceAll('\n', '\n      ')}`];
}

/** The grade, as one line. */
export function gradeLine(marks: readonly Mark[]): string {
  const right = marks.filter(({ wrong }) => wrong === undefined).length;
  const share = marks.length === 0 ? 0 : Math.floor((100 * right) / marks.length);
  return `${right} of ${marks.length} are right: ${share} %.${right === marks.length ? ' It is finished.' : ''}`;
}
