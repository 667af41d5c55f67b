/*
 * Has Typst make the PDF from docs/report/main.typ. What was found goes in as files that stand on no disk: data.json,
 * and the drawings under made/.
 */
import { join } from 'node:path';
import { fonts } from './fonts.js';
import { ReportError } from './report-error.js';
import type { DocumentTools } from './tools.js';

/** What the template needs. */
export interface Ingredients {
  readonly data: unknown;
  /** Drawings as SVG, by name. */
  readonly drawings: Readonly<Record<string, string>>;
  readonly secondsSince1970: number;
}

/**
 * The PDF.
 * @throws {ReportError} with Typst's first complaint, if the template asks for what is not there
 */
export function compilePdf(
  { typst }: DocumentTools,
  root: string,
  { data, drawings, secondsSince1970 }: Ingredients,
): { readonly pdf: Buffer; readonly pages: number } {
  const folder = join(root, 'docs/report');
  const compiler = typst.NodeCompiler.create({ workspace: root, fontArgs: [{ fontBlobs: fonts() }] });
  compiler.mapShadow(join(folder, 'data.json'), Buffer.from(JSON.stringify(data)));
  for (const [name, svg] of Object.entries(drawings)) compiler.mapShadow(join(folder, 'made', `${name}.svg`), Buffer.from(svg));
  const compiled = compiler.compile({ mainFilePath: join(folder, 'main.typ') });
  const complaint = compiled.takeDiagnostics();
  const document = compiled.result;
  if (!document) throw new ReportError(`Typst cannot set the report: ${complaintOf(compiler, complaint)}`);
  try {
    return { pdf: compiler.pdf(document, { creationTimestamp: secondsSince1970 }), pages: document.numOfPages };
  } catch (error) {
    throw new ReportError(`Typst cannot write the PDF: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Compiler = ReturnType<DocumentTools['typst']['NodeCompiler']['create']>;
type Complaint = Parameters<Compiler['fetchDiagnostics']>[0];

function complaintOf(compiler: Compiler, complaint: Complaint | null): string {
  const all =
    complaint === null ? [] : (compiler.fetchDiagnostics(complaint) as readonly { readonly message?: string; readonly path?: string }[]);
  const [first] = all;
  const message = (first?.message ?? 'it does not say why').replace(/\s+/g, ' ');
  const missing = /file not found \(searched at (.*?)\)/.exec(message)?.[1];
  if (missing?.includes('docs/figures/')) {
    return `the figure ${missing.slice(missing.indexOf('docs/figures/'))} is missing; run npm run figures.`;
  }
  return first?.path === undefined ? message : `${message} (in ${first.path})`;
}
