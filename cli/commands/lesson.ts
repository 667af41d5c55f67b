/*
 * `chatwire lesson`: what to look at, a traced run as a ladder, and three questions about it; with `--answers`, what the
 * run itself says to them, and in which rows. The lessons stand in examples/lessons.
 */
import chalk from 'chalk';
import { Command, Option } from 'commander';
import wrapAnsi from 'wrap-ansi';
import { type Lesson, lessons, NotSeenError, play, rowsInWords, type Setting, storyOf } from '../../examples/lessons/index.js';
import { type Story, tell } from '../../tracer/index.js';
import type { ArqName } from '../../transports/udp/wire/packets.js';
import { LessonError, UsageError } from '../failure.js';
import { MADE_BY } from '../tracing/made-by.js';
import { withOutputOption, writeOutputs } from '../tracing/outputs.js';
import { printLine, printLines, printStory } from '../tracing/printing.js';
import { figureOf, type ViewFlags, viewOf, withViewOptions } from '../tracing/view-options.js';

/** What the command line says. */
interface LessonOptions extends ViewFlags {
  readonly transport?: string;
  readonly arq?: string;
  readonly answers?: boolean;
  readonly output?: readonly string[];
}

const NAME_COLUMNS = 12;
/** Text is not wider than a book’s. */
const TEXT_COLUMNS = 80;

/** The command `lesson`. */
export function lessonCommand(): Command {
  const command = new Command('lesson')
    .description('Teach one thing: what to look at, a real run as a ladder, and three questions about it.')
    .argument('[name]', `${names()}; without a name: a list of them`)
    .addOption(new Option('-t, --transport <name>', 'where a lesson can be had over several'))
    .addOption(new Option('--arq <name>', 'how losses are repaired, where the lesson compares that'))
    .addOption(new Option('--answers', 'with the answers, read from this very run, and the rows that say so'))
    .action(async (name: string | undefined, options: LessonOptions) => (name === undefined ? list() : teach(find(name), options)));
  return withOutputOption(withViewOptions(command));
}

/** Says which there are. */
function list(): void {
  for (const { name, title, transports, arqs = [] } of lessons) {
    const choices = [transports, arqs].filter(({ length }) => length > 1).map((all) => all.join(', '));
    printLine(`${chalk.bold(name.padEnd(NAME_COLUMNS))} ${title}`);
    for (const choice of choices) printLine(`${' '.repeat(NAME_COLUMNS)} ${choice}`);
  }
  printLine('');
  printLine('Take one: chatwire lesson handshake --transport udp, and then the same with --answers.');
}

/** Gives a lesson. */
async function teach(lesson: Lesson, options: LessonOptions): Promise<void> {
  const setting = settingFor(lesson, options);
  const { output, answers = false } = options;
  const trace = await play(lesson, setting, { madeBy: MADE_BY });
  const shown = storyOf(lesson, trace);
  const view: ViewFlags = { ...options, ...(options.lanes === undefined && lesson.lanes && { lanes: lesson.lanes }) };
  if (output) return writeOutputs(output, { trace, story: tell(trace), shown, view: figureOf(view) });
  printLine(chalk.bold(lesson.title));
  printText(lesson.look(setting), options);
  printLine('');
  printStory(shown, view);
  printLine('');
  for (const line of questionLines(lesson, setting, shown, answers)) printText(line, options);
  if (!answers) printText('Answers: the same command with --answers.', options);
}

/** The questions, and the answers below each if they are asked for. */
function questionLines(lesson: Lesson, setting: Setting, story: Story, withAnswers: boolean): string[] {
  return lesson.questions(setting).flatMap(({ asks, answer }, i) => {
    const question = `${i + 1}. ${asks}`;
    if (!withAnswers) return [question];
    const { says, rows } = answerFrom(answer, story);
    return [question, `   ${says} ${chalk.bold(`[${rowsInWords(rows)}]`)}`];
  });
}

function answerFrom(answer: ReturnType<Lesson['questions']>[number]['answer'], story: Story): ReturnType<typeof answer> {
  try {
    return answer(story);
  } catch (error) {
    throw error instanceof NotSeenError ? new LessonError(error.message) : error;
  }
}

function printText(text: string, flags: ViewFlags): void {
  const { columns } = viewOf(flags);
  const said = flags.ascii ? text.replaceAll('’', "'").replaceAll('•', '*') : text;
  const indent = /^ */.exec(said)?.[0] ?? '';
  const lines = wrapAnsi(said.trimStart(), Math.max(20, Math.min(columns, TEXT_COLUMNS) - indent.length)).split('\n');
  printLines(lines.map((line) => indent + line));
}

/** What it is performed over. */
function settingFor({ name, transports, arqs = ['sack'] }: Lesson, { transport = transports[0], arq = arqs[0] }: LessonOptions): Setting {
  if (transport === undefined || !transports.includes(transport)) {
    throw new UsageError(`The lesson "${name}" cannot be had over ${transport}; there is ${transports.join(', ')}.`);
  }
  if (!(arqs as readonly (string | undefined)[]).includes(arq)) {
    const choice = arqs.length > 1 ? `there is ${arqs.join(', ')}` : 'leave out --arq';
    throw new UsageError(`The lesson "${name}" is not about --arq ${arq}; ${choice}.`);
  }
  return { transport, arq: arq as ArqName };
}

function names(): string {
  return lessons.map(({ name }) => name).join(', ');
}

function find(name: string): Lesson {
  const found = lessons.find((lesson) => lesson.name === name);
  if (!found) throw new UsageError(`There is no lesson "${name}"; there is ${names()}.`);
  return found;
}
