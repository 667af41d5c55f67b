/*
 * The programs that make the document: Typst, ts-morph, Graphviz and the reader of PDF text. They weigh far more than
 * the chat and are no use without its sources, so they are development dependencies and are loaded on demand here.
 */
import type * as TypstModule from '@myriaddreamin/typst-ts-node-compiler';
import type { Viz } from '@viz-js/viz';
import type * as TsMorphModule from 'ts-morph';
import type * as PdfModule from 'unpdf';
import type * as YazlModule from 'yazl';
import { ReportError } from './report-error.js';

/** What makes the document. */
export interface DocumentTools {
  readonly tsMorph: typeof TsMorphModule;
  readonly typst: typeof TypstModule;
  readonly graphviz: Viz;
  readonly yazl: typeof YazlModule;
  readonly pdf: typeof PdfModule;
}

/**
 * Loads them.
 * @throws {ReportError} naming the one that is missing, and what to do
 */
export async function loadTools(): Promise<DocumentTools> {
  const [tsMorph, typst, viz, yazl, pdf] = await Promise.all([
    loaded('ts-morph', () => import('ts-morph')),
    loaded('Typst', () => import('@myriaddreamin/typst-ts-node-compiler')),
    loaded('Graphviz', () => import('@viz-js/viz')),
    loaded('yazl', () => import('yazl')),
    loaded('unpdf', () => import('unpdf')),
  ]);
  return { tsMorph, typst, graphviz: await viz.instance(), yazl, pdf };
}

async function loaded<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    const binary = name === 'Typst' ? ` (its binary for ${process.platform}-${process.arch} may not exist)` : '';
    throw new ReportError(
      `${name}, which the report is made with, is not installed here${binary}: run npm ci in the checkout, on Linux, macOS or Windows.`,
    );
  }
}
