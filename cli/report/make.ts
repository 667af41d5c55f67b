/*
 * Makes the report, step by step: looks at the machine and the sources, draws, sets, checks and packs. Nothing is
 * written to the disk here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Author } from './authors.js';
import { demands, type Finding, findAll, pageTexts } from './checklist.js';
import { compilePdf } from './compile.js';
import type { ReportDate } from './date.js';
import { architecture, importsBetween } from './drawings/architecture.js';
import { chatLayouts, packetFrameLayouts, packetLayouts } from './drawings/byte-layout.js';
import { drawGraph } from './drawings/graph.js';
import { type DrawnLadder, drawnLadders } from './drawings/ladders.js';
import { always, clientRows, serverGraph, serverRows } from './drawings/state-machine.js';
import { tcpStates } from './drawings/tcp-states.js';
import { findFacts } from './facts.js';
import { keptFigures } from './figures.js';
import { blocksOf } from './measurements.js';
import { pack } from './pack.js';
import type { Progress } from './progress.js';
import { projectFiles, projectRoot } from './project.js';
import { catalogue, requirePurposes } from './sources/catalogue.js';
import { printedRecordings } from './system-calls.js';
import { loadTools } from './tools.js';

/** What is asked for. */
export interface ReportRequest {
  readonly authors: readonly Author[];
  readonly date: ReportDate;
  readonly course: string;
  readonly check: boolean;
}

/** What was made. */
export interface MadeReport {
  /** By the authors' IDs, without an ending. */
  readonly name: string;
  readonly pdf: Buffer;
  readonly zip: Buffer;
  readonly pages: number;
  /** What the checklist says; empty if it was not asked for. */
  readonly findings: readonly Finding[];
}

/** How many steps there are. */
export const STEPS = 6;

/** Makes the report. */
export async function makeReport({ authors, date, course, check }: ReportRequest, bar: Progress): Promise<MadeReport> {
  await bar.step('Loading Typst and the other tools');
  const root = projectRoot();
  const tools = await loadTools();
  await bar.step('Reading the sources');
  const tracked = projectFiles(root);
  const files = catalogue(tools, root, tracked);
  requirePurposes(files);
  await bar.step('Drawing');
  const facts = findFacts(root);
  const performance = readFileSync(join(root, 'docs/performance.md'), 'utf8');
  const ladders = drawnLadders(root);
  const drawings = {
    architecture: drawGraph(tools.graphviz, architecture(files)),
    'server-states': drawGraph(tools.graphviz, serverGraph()),
    'tcp-states': drawGraph(tools.graphviz, tcpStates),
    ...ladderPieces(ladders),
  };
  const data = {
    authors,
    course,
    date,
    facts,
    files,
    houses: importsBetween(files),
    figures: keptFigures(root, tracked),
    ladders: Object.fromEntries(
      Object.entries(ladders).map(([name, ladder]) => [name, { ...ladder, heads: undefined, strips: ladder.strips.length }]),
    ),
    layouts: { chat: chatLayouts(), packets: packetLayouts(), packetFrames: packetFrameLayouts() },
    states: { server: serverRows(), client: clientRows(), always },
    recordings: printedRecordings(root),
    measured: blocksOf(performance),
  };
  await bar.step('Setting the document');
  const { pdf, pages } = compilePdf(tools, root, { data, drawings, secondsSince1970: date.secondsSince1970 });
  await bar.step('Checking');
  const findings = check ? findAll(demands(authors, files, facts), await pageTexts(tools, pdf)) : [];
  await bar.step('Packing the ZIP');
  const name = authors.map(({ id }) => id).join('_');
  const zip = await pack(tools, { root, files: tracked, pdf: { name: `${name}.pdf`, bytes: pdf }, date });
  return { name, pdf, zip, pages, findings };
}

/** The pieces of all ladders, by the names that the template knows them by. */
function ladderPieces(ladders: Readonly<Record<string, DrawnLadder>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(ladders).flatMap(([name, { heads, strips }]): [string, string][] => [
      [`ladder-${name}-heads`, heads],
      ...strips.map((strip, i): [string, string] => [`ladder-${name}-${i}`, strip]),
    ]),
  );
}
