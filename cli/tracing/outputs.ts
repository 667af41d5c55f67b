/*
 * The files that a trace goes to, `-o FILE`, each in the form that its name ends with.
 */
import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import { html } from '../../tracer/export/html/html.js';
import { mermaid } from '../../tracer/export/mermaid.js';
import { pcapng } from '../../tracer/export/pcapng/index.js';
import { plantuml } from '../../tracer/export/plantuml.js';
import { lettersMissing, PngError, png } from '../../tracer/export/png/index.js';
import { qlog } from '../../tracer/export/qlog/index.js';
import { svg } from '../../tracer/export/svg/svg.js';
import { textFigure } from '../../tracer/export/text.js';
import { traceWriter } from '../../tracer/file/index.js';
import type { Story } from '../../tracer/join/index.js';
import type { ViewOptions } from '../../tracer/render/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import { FileError, UsageError } from '../failure.js';
import { fileBeside } from './beside.js';

/** What goes to a file: the trace as it is, or the story as it is shown. */
export interface Exported {
  readonly trace: Trace;
  /** Everything. */
  readonly story: Story;
  /** What is to be seen in a figure. */
  readonly shown: Story;
  readonly view: Omit<ViewOptions, 'columns' | 'colours'>;
}

type Pieces = Iterable<string | Uint8Array>;
type Form = (exported: Exported) => Pieces | Promise<Pieces>;

const FORMS: Readonly<Record<string, Form>> = {
  '.txt': ({ shown, view }) => [textFigure(shown, view)],
  '.svg': ({ shown, view }) => [svg(shown, view)],
  '.png': async ({ shown, view }) => [await png(shown, view)],
  '.html': ({ shown, view }) => [html(shown, view)],
  '.mmd': ({ shown, view }) => [mermaid(shown, view)],
  '.puml': ({ shown, view }) => [plantuml(shown, view)],
  '.pcapng': ({ trace, story }) => [pcapng(trace, story)],
  '.qlog': ({ story }) => [qlog(story)],
  '.jsonl': ({ trace }) => lines(trace),
};

/** The endings that a file may have. */
export const ENDINGS = Object.keys(FORMS);

/** Gives a command the option. */
export function withOutputOption(command: Command): Command {
  const option = new Option('-o, --output <file>', `write it to a file, in the form of its ending: ${ENDINGS.join(' ')}; repeatable`);
  return command.addOption(option.argParser((path: string, before: readonly string[] = []) => [...before, checked(path)]));
}

/**
 * Makes sure that they can be written, before a run that nobody can repeat.
 * @throws {FileError} if one cannot
 */
export function mustBeWritable(paths: readonly string[]): void {
  for (const path of paths) fileBeside(path).discard();
}

/**
 * Writes them all.
 * @throws {FileError} if one cannot be written
 */
export async function writeOutputs(paths: readonly string[], exported: Exported): Promise<void> {
  for (const path of paths) {
    const form = FORMS[extname(path)];
    if (!form) continue;
    const file = fileBeside(path);
    try {
      for (const piece of await form(exported)) file.write(piece);
    } catch (error) {
      file.discard();
      if (!(error instanceof PngError)) throw error;
      throw new FileError(`${path} could not be written: ${error.message}.`, { cause: error });
    }
    file.finish();
    process.stderr.write(`written: ${path}\n`);
    if (extname(path) === '.png') await tellBoxes(path, exported);
  }
}

/** So many letters are named. */
const MOST_NAMED = 10;

/** A picture has fonts of its own, so that it is the same anywhere; what they lack is said, and where it is not missing. */
async function tellBoxes(path: string, { shown, view }: Exported): Promise<void> {
  const missing = await lettersMissing(shown, view);
  if (missing.length === 0) return;
  const named = missing.slice(0, MOST_NAMED).join(' ') + (missing.length > MOST_NAMED ? ' ...' : '');
  process.stderr.write(
    `${path} has boxes instead of ${named}: the fonts of a picture lack them; .svg and .html use those of whoever reads.\n`,
  );
}

function checked(path: string): string {
  if (FORMS[extname(path)]) return path;
  throw new UsageError(`"${path}" does not say in what form: let it end with ${ENDINGS.join(', ')}.`);
}

function* lines({ header, events }: Trace): Generator<string> {
  const written: string[] = [];
  const sink = traceWriter((line) => void written.push(line), header);
  yield* written.splice(0);
  for (const event of events) {
    sink.event(event);
    yield* written.splice(0);
  }
}
