/*
 * The ladders of the report, from kept recordings of real runs: which recording, which part of it, and which lanes. The
 * tracer draws them, in strips that the template sets below each other and breaks over pages.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { svgStrips } from '../../../tracer/export/svg/strips.js';
import { readTrace } from '../../../tracer/file/index.js';
import { type Lane, type Story, tell } from '../../../tracer/join/index.js';
import { withoutPreparation } from '../../../tracer/select/index.js';
import type { TraceHeader } from '../../../tracer/trace/trace.js';
import { ReportError } from '../report-error.js';

/** One ladder. */
export interface Cutting {
  /** The recording, under docs/recordings/traces/. */
  readonly take: string;
  /** Default: all. */
  readonly lanes?: readonly Lane[];
  /** Only the connections of this client; default: all. */
  readonly client?: string;
  /** The sentence, by its first words, with which it begins; default: the second one, after the one that introduces all. */
  readonly from?: string;
  /** The sentence before which it ends; default: behind the last one, since what follows is only the taking down. */
  readonly before?: string;
}

/** All of them, by the names that the template uses. */
export const LADDERS: Readonly<Record<string, Cutting>> = {
  'tcp-handshake': { take: 'tcp-handshake' },
  'udp-handshake': { take: 'udp-handshake' },
  'unix-handshake': { take: 'unix-handshake', before: 'The server asks' },
  lossy: { take: 'udp-lossy', lanes: ['segments'], client: 'Ann', from: 'To get here', before: 'What it took' },
  connect: { take: 'tcp-connect', lanes: ['frames'] },
  create: { take: 'tcp-create', lanes: ['frames'] },
  exit: { take: 'tcp-exit', lanes: ['frames'] },
  isolation: { take: 'tcp-isolation', lanes: ['frames'] },
  'empty-name': { take: 'tcp-mistakes', lanes: ['frames'], from: 'Ann connects', before: 'There is a client12' },
  'name-taken': { take: 'tcp-mistakes', lanes: ['frames'], from: 'There is a client12', before: 'A new group needs' },
  'wrong-password': { take: 'tcp-mistakes', lanes: ['frames'], from: 'Dan asks for a group', before: 'Eve guesses' },
  guessing: { take: 'tcp-mistakes', lanes: ['frames'], from: 'Eve guesses', before: 'Shown: These were all' },
};

/** A ladder, drawn. */
export interface DrawnLadder {
  readonly heads: string;
  readonly strips: readonly string[];
  /** How wide the strips are, in pixels of their own. */
  readonly width: number;
  /** How high the heads and all strips are together, in the same pixels. */
  readonly height: number;
  /** Where it is from. */
  readonly recording: string;
  /** When and with what it was recorded. */
  readonly made: string;
}

/** As wide as the report's columns of text are, so that letters are not too small on paper. */
const WIDTH = 800;

/** Draws them all. */
export function drawnLadders(root: string): Readonly<Record<string, DrawnLadder>> {
  return Object.fromEntries(Object.entries(LADDERS).map(([name, cutting]) => [name, drawn(root, cutting)]));
}

function drawn(root: string, cutting: Cutting): DrawnLadder {
  const recording = `docs/recordings/traces/${cutting.take}.jsonl`;
  const { header, story } = toldFrom(root, recording);
  const told = ofClient(withoutPreparation(story, header), cutting.client);
  const { heads, strips } = svgStrips(section(told, cutting, recording), {
    width: WIDTH,
    ...(cutting.lanes && { lanes: cutting.lanes }),
  });
  const width = sizeOf('width', heads);
  const height = [heads, ...strips].reduce((sum, piece) => sum + sizeOf('height', piece), 0);
  return { heads, strips, width, height, recording, made: madeOf(header) };
}

function sizeOf(which: 'width' | 'height', svg: string): number {
  return Number(new RegExp(` ${which}="([\\d.]+)"`).exec(svg)?.[1]);
}

function toldFrom(root: string, file: string): { readonly header: TraceHeader; readonly story: Story } {
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    throw new ReportError(`The recording ${file} is missing: run npm run figures:record.`);
  }
  const { trace } = readTrace(text);
  if (!trace) throw new ReportError(`The recording ${file} is damaged: run npm run figures:record.`);
  return { header: trace.header, story: tell(trace) };
}

function ofClient(story: Story, client: string | undefined): Story {
  if (client === undefined) return story;
  const actors = new Set(story.actors.filter(({ name }) => name === client).map(({ id }) => id));
  const connections = new Set(story.connections.filter((one) => actors.has(one.client)).map(({ id }) => id));
  return { ...story, steps: story.steps.filter((step) => step.kind === 'note' || connections.has(step.connection)) };
}

/** A part of a story, from sentence to sentence. Steps keep their numbers, since others are told of by them. */
export function section(story: Story, { from, before }: Cutting, file: string): Story {
  const notes = story.steps.flatMap((step, at) => (step.kind === 'note' ? [{ at, words: step.words }] : []));
  const place = (words: string): number => {
    const found = notes.find((note) => note.words.startsWith(words));
    if (!found) throw new ReportError(`The recording ${file} has no sentence that begins with "${words}".`);
    return found.at;
  };
  const start = from === undefined ? (notes[1]?.at ?? 0) : place(from);
  const end = before === undefined ? (notes.at(-1)?.at ?? story.steps.length) + 1 : place(before);
  return { ...story, steps: story.steps.slice(start, end) };
}

function madeOf({ madeBy, startedAtMs, source }: TraceHeader): string {
  if (source === 'virtual') return 'run in virtual time';
  return `recorded on ${new Date(startedAtMs).toISOString().slice(0, 10)} with ${madeBy}`;
}
