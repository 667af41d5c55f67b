/*
 * `chatwire lesson`: what to look at, a traced run as a ladder, and three questions about it; with `--answers`, what the
 * run itself says to them, and in which rows. The lessons stand in examples/lessons; on a terminal they come in pages.
 */
import chalk from 'chalk';
import { Command, Option } from 'commander';
import wrapAnsi from 'wrap-ansi';
import {
  type Lesson,
  lessons,
  NotSeenError,
  performedByLessons,
  play,
  rowsInWords,
  type Setting,
  storyOf,
} from '../../examples/lessons/index.js';
import { type Lane, type Story, type Trace, tell } from '../../tracer/index.js';
import type { ArqName } from '../../transports/udp/wire/packets.js';
import { chooseFrom } from '../choosing.js';
import { LessonError, UsageError } from '../failure.js';
import { pagesOf, type Shown } from '../lessons/pages.js';
import { turnPages } from '../lessons/turn-pages.js';
import { recordBelow } from '../tracing/below/record-below.js';
import { MADE_BY } from '../tracing/made-by.js';
import { withOutputOption, writeOutputs } from '../tracing/outputs.js';
import { printLine, printLines, printStory } from '../tracing/printing.js';
import { figureOf, type ViewFlags, viewOf, withViewOptions } from '../tracing/view-options.js';

/** What the command line says. */
interface LessonOptions extends ViewFlags {
  readonly transport?: string;
  readonly arq?: string;
  readonly kernel?: boolean;
  readonly answers?: boolean;
  readonly pages: boolean;
  readonly output?: readonly string[];
}

const NAME_COLUMNS = 12;
/** Text is not wider than a book’s. */
const TEXT_COLUMNS = 80;

const HELP = `
For example, a lesson, and again with what its run answers:
  chatwire lesson loss --arq go-back-n
  chatwire lesson loss --arq go-back-n --answers`;

/** The command `lesson`. */
export function lessonCommand(): Command {
  const command = new Command('lesson')
    .description('Teach one thing: what to look at, a real run as a ladder, and three questions about it.')
    .argument('[name]', `${names()}; without a name: a list of them`)
    .addOption(new Option('-t, --transport <name>', 'where a lesson can be had over several'))
    .addOption(new Option('--arq <name>', 'how losses are repaired, where the lesson compares that'))
    .addOption(new Option('--kernel', 'over TCP: with the packets of the kernels, by tcpdump (as root)'))
    .addOption(new Option('--answers', 'with the answers, read from this very run, and the rows that say so'))
    .addOption(new Option('--no-pages', 'all at once on a terminal, too'))
    .addHelpText('after', HELP)
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
  printLine('Take one: chatwire lesson handshake -t udp; and again with --answers.');
}

/** One lesson of a person's choice, over what it is about first. */
export async function teachChosen(): Promise<void> {
  const lesson = await chooseFrom('Which lesson?', lessons);
  if (lesson) await teach(lesson, { pages: true }, `npx chatwire lesson ${lesson.name} --answers`);
}

/**
 * Gives a lesson.
 * @param answered the command that tells the answers
 */
async function teach(lesson: Lesson, options: LessonOptions, answered = 'the same command with --answers'): Promise<void> {
  const asked = settingFor(lesson, options);
  mustBeLanesOf(lesson, asked, options.lanes);
  const { output, answers = false, ascii = false } = options;
  const trace = asked.kernel ? await withKernel(lesson, asked) : await play(lesson, asked, { madeBy: MADE_BY });
  const setting = { ...asked, kernel: asked.kernel && sawKernels(trace) };
  const story = storyOf(lesson, trace);
  const lanes = options.lanes ?? lanesFor(lesson, setting);
  const view: ViewFlags = { ...options, ...(lanes && { lanes }) };
  if (output) await writeOutputs(output, { trace, story: tell(trace), shown: story, view: figureOf(view) });
  if (output && !answers) return;
  const told = questionsOf(lesson, setting, { story, trace, answers, lanes });
  const textFor = (columns: number) => ({
    opening: [chalk.bold(lesson.title), ...wrapped(lesson.look(setting), columns, ascii)],
    before: told.flatMap(([question = '']) => wrapped(question, columns, ascii)),
    questions: told.map((lines) => lines.flatMap((line) => wrapped(line, columns, ascii))),
  });
  const { columns } = viewOf(view);
  const { opening, questions } = textFor(columns);
  if (output) return printLines(questions.flat());
  const after = answers ? [] : [`Answers: ${answered}.`];

  if (isPaged(options)) {
    await turnPages((columns, rows) => {
      const { opening, before, questions } = textFor(columns);
      const asking = ['', 'What you will be asked:', '', ...before];
      const shown: Shown = { opening: [...opening, ...asking], story, questions: [...questions, ...after.map((line) => ['', line])] };
      return pagesOf(shown, { ...viewOf(view), columns }, rows);
    }, ascii);
    return printLines([opening[0] ?? '', ...questions.flat(), ...after]);
  }
  printLines([...opening, '']);
  printStory(story, view);
  printLines(['', ...questions.flat(), ...after]);
}

/** On a terminal with somebody at its keys. */
function isPaged({ pages, table, hex }: LessonOptions): boolean {
  return pages && !table && !hex && process.stdin.isTTY && process.stdout.isTTY;
}

/** What questions are asked of. */
interface Run {
  readonly story: Story;
  readonly trace: Trace;
  readonly answers: boolean;
  readonly lanes: readonly Lane[] | undefined;
}

/** The questions, each with its answer if that is asked for. */
function questionsOf(lesson: Lesson, setting: Setting, { story, trace, answers, lanes }: Run): string[][] {
  return lesson.questions(setting).map(({ asks, answer }, i) => {
    const question = `${i + 1}. ${asks}`;
    if (!answers) return [question];
    const { says, rows } = answerFrom(() => answer(story, trace));
    return [question, `   ${says} ${chalk.bold(`[${rowsInWords(rows)}]`)}`, ...hiddenIn(story, rows, lanes)];
  });
}

/** Says of rows that are not shown how to see them. */
function hiddenIn({ steps }: Story, rows: readonly number[], lanes: readonly Lane[] | undefined): string[] {
  if (!lanes) return [];
  const hidden = steps.filter(({ number, lane }) => rows.includes(number) && !lanes.includes(lane));
  if (hidden.length === 0) return [];
  const missing = [...new Set(hidden.map(({ lane }) => lane))].join(',');
  return [`   (Not shown here: ${rowsInWords(hidden.map(({ number }) => number))}. Add ${missing} to --lanes.)`];
}

function answerFrom<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof NotSeenError ? new LessonError(error.message) : error;
  }
}

function wrapped(text: string, columns: number, ascii: boolean): string[] {
  const said = ascii ? asciiOf(text) : text;
  const indent = /^ */.exec(said)?.[0] ?? '';
  const lines = wrapAnsi(said.trimStart(), Math.max(20, Math.min(columns, TEXT_COLUMNS) - indent.length)).split('\n');
  return lines.map((line) => indent + line);
}

function asciiOf(text: string): string {
  return text.replaceAll('’', "'").replaceAll(/[“”]/g, '"').replaceAll('•', '*');
}

/** What it is performed over. */
function settingFor(lesson: Lesson, options: LessonOptions): Setting {
  const { name, transports, arqs = ['sack'] } = lesson;
  const { transport = transports[0], arq = arqs[0], kernel = false } = options;
  if (transport === undefined || !transports.includes(transport)) {
    throw new UsageError(`The lesson "${name}" cannot be had over ${transport}; there is ${transports.join(', ')}.`);
  }
  if (!(arqs as readonly (string | undefined)[]).includes(arq)) {
    const choice = arqs.length > 1 ? `there is ${arqs.join(', ')}` : 'leave out --arq';
    throw new UsageError(`The lesson "${name}" is not about --arq ${arq}; ${choice}.`);
  }
  if (kernel && transport !== 'tcp') {
    const choice = transports.includes('tcp') ? 'add --transport tcp' : 'leave out --kernel';
    throw new UsageError(`--kernel is for lessons over TCP; ${choice}.`);
  }
  return { transport, arq: arq as ArqName, kernel: kernel && 'example' in lesson };
}

/** Nobody waits for a lane in which nothing can be. */
function mustBeLanesOf(lesson: Lesson, { transport, kernel }: Setting, lanes: readonly Lane[] = []): void {
  if (lanes.includes('calls'))
    throw new UsageError('A lesson has no system calls to show: leave out calls, or take `chatwire trace demo handshake --syscalls`.');
  if (lanes.includes('kernel') && !kernel && 'example' in lesson) {
    const choice = transport === 'tcp' ? 'add --kernel' : 'leave out kernel';
    throw new UsageError(`The lesson "${lesson.name}" has no packets of the kernels to show like this; ${choice}.`);
  }
}

/** Performs it in a process of its own, with a capture beside it. */
function withKernel(lesson: Lesson, { transport }: Setting): Promise<Trace> {
  const example = performedByLessons.find(({ name }) => name === lesson.name);
  if (!example) throw new UsageError(`The lesson "${lesson.name}" has no kernels to look at; leave out --kernel.`);
  return recordBelow(example, { transport, repertoire: 'lessons', showSecrets: false, kernel: true, syscalls: false });
}

/** Whether the capture that was asked for could be had. */
function sawKernels({ events }: Trace): boolean {
  return events.some(({ kind }) => kind === 'kernel');
}

/** The lanes that it is about. */
function lanesFor({ lanes }: Lesson, { kernel }: Setting): readonly Lane[] | undefined {
  return kernel && lanes ? [...lanes, 'kernel'] : lanes;
}

function names(): string {
  return lessons.map(({ name }) => name).join(', ');
}

function find(name: string): Lesson {
  const found = lessons.find((lesson) => lesson.name === name);
  if (!found) throw new UsageError(`There is no lesson "${name}"; there is ${names()}.`);
  return found;
}
