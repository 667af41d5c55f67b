/*
 * The generated part of a lecturer's page (docs/lessons/NAME.md): the rows of a run that the answers point at, and the three
 * questions with what this run says to them. Over UDP it is the same each time; over TCP it is a run of the machine that made it.
 */

import { recordBelow } from '../../cli/tracing/below/record-below.js';
import { type Lesson, lessons, performedByLessons, play, rowsInWords, type Setting, storyOf } from '../../examples/lessons/index.js';
import { ladderLines } from '../../tracer/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import type { Parts } from './document.js';

const COLUMNS = 80;

/** The setting that a page shows; the first of each if it is not said here. */
const SHOWN: Readonly<Record<string, Partial<Setting>>> = {
  handshake: { kernel: true },
  loss: { arq: 'go-back-n' },
};

/** The setting of a lesson's page. */
export function settingOf({ name, transports, arqs }: Lesson): Setting {
  return { transport: transports[0] as string, arq: arqs?.[0] ?? 'sack', kernel: false, ...SHOWN[name] };
}

/** Whether the run of a lesson's page is the same each time. */
export const isSteady = (lesson: Lesson): boolean => settingOf(lesson).transport === 'udp';

/** The command that gives the run. */
export function commandOf(lesson: Lesson): string {
  const { arq, kernel } = settingOf(lesson);
  const choice = lesson.arqs && lesson.arqs.length > 1 ? ` --arq ${arq}` : '';
  return `npx chatwire lesson ${lesson.name}${choice}${kernel ? ' --kernel' : ''} --answers`;
}

/** The parts of a lesson's page. */
export async function partsOf(lesson: Lesson): Promise<Parts> {
  const setting = settingOf(lesson);
  const trace = await run(lesson, setting);
  const story = storyOf(lesson, trace);
  const answers = lesson.questions(setting).map(({ asks, answer }) => ({ asks, ...answer(story, trace) }));
  const rows = new Set(answers.flatMap((each) => each.rows));
  const ladder = ladderLines(
    { ...story, steps: story.steps.filter(({ number }) => rows.has(number)) },
    { columns: COLUMNS, colours: false },
  );
  const written = answers.map(({ asks, says, rows: at }, i) => `${i + 1}. **${asks}** ${says} *(${rowsInWords(at)})*`);
  const text = ['```text', `$ ${commandOf(lesson)}`, '', ...ladder.map((line) => line.trimEnd()), '```', '', ...written].join('\n');
  return { run: () => text };
}

function run(lesson: Lesson, setting: Setting): Promise<Trace> {
  const example = performedByLessons.find(({ name }) => name === lesson.name);
  if (!setting.kernel || !example) return play(lesson, setting, { madeBy: 'docs' });
  return recordBelow(example, { transport: setting.transport, repertoire: 'lessons', showSecrets: false, kernel: true, syscalls: false });
}

/** Every lesson has a page. */
export const pageOf = ({ name }: Lesson): string => `docs/lessons/${name}.md`;

export { lessons };
