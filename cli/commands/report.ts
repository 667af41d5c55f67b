/*
 * `chatwire report`: the PDF and the ZIP that are handed in, from the sources and from kept figures of real runs. How
 * they are made stands in cli/report/, their text in docs/report/.
 */
import { Command } from 'commander';
import { askAuthors } from '../report/ask.js';
import { authorsFrom, doubts } from '../report/authors.js';
import type { Finding } from '../report/checklist.js';
import { reportDate } from '../report/date.js';
import { makeReport, STEPS } from '../report/make.js';
import { progress } from '../report/progress.js';
import { ReportError } from '../report/report-error.js';
import { requireFolder, writeFiles } from '../report/write-files.js';
import { asWarning } from '../screen/colours.js';

interface ReportOptions {
  readonly author?: readonly string[];
  readonly id?: readonly string[];
  readonly course?: string;
  readonly date?: string;
  readonly out: string;
  readonly check?: boolean;
}

const HELP = `
Without --author it asks, if there is somebody at a terminal.

For example, of a pair:
  chatwire report --author "Full Name" --id 123456782 --author "Another Name" --id 987654324 --check`;

/** The command `report`. */
export function reportCommand(): Command {
  return new Command('report')
    .description('Make the PDF and the ZIP that are handed in, from the sources and from kept figures of real runs.')
    .option('-a, --author <name>', 'full name; once or twice', collect)
    .option('-i, --id <digits>', 'the ID of the author before it, nine digits', collect)
    .option('--course <name>', 'stands on the title page')
    .option('--date <day>', 'of the report, as 2023-01-01 (default: today, or SOURCE_DATE_EPOCH)')
    .option('-o, --out <folder>', 'where to put them', '.')
    .option('--check', 'say where in the PDF each demand of the assignment is met, and fail if one is not')
    .addHelpText('after', HELP)
    .action(report);
}

async function report({ author = [], id = [], course = '', date, out, check = false }: ReportOptions): Promise<void> {
  const isAsked = author.length === 0 && id.length === 0 && process.stdin.isTTY && process.stdout.isTTY;
  const given = isAsked ? undefined : authorsFrom(author, id);
  const day = reportDate(date);
  requireFolder(out);
  const authors = given ?? (await askAuthors());
  if (authors === undefined) return;
  for (const doubt of authors.flatMap(doubts)) process.stderr.write(`${asWarning(`Warning: ${doubt}`)}\n`);
  const bar = progress(STEPS);
  try {
    const made = await makeReport({ authors, date: day, course, check }, bar);
    const [pdf, zip] = writeFiles(out, [
      { name: `${made.name}.pdf`, bytes: made.pdf },
      { name: `${made.name}.zip`, bytes: made.zip },
    ]);
    bar.done();
    console.log(`${pdf}  ${made.pages} pages, ${inMegabytes(made.pdf)}`);
    console.log(`${zip}  the PDF and the sources, ${inMegabytes(made.zip)}`);
    if (check) tell(made.findings);
  } finally {
    bar.done();
  }
}

/** Says where everything is. */
function tell(findings: readonly Finding[]): void {
  for (const { demand, page, missing } of findings) {
    console.log(page === undefined ? asWarning(`  ✗ ${demand}: missing ${someOf(missing)}`) : `  ✓ ${demand}: page ${page}`);
  }
  const unmet = findings.filter(({ page }) => page === undefined);
  if (unmet.length > 0)
    throw new ReportError(`The report lacks ${unmet.length} of the ${findings.length} things that the assignment asks for.`);
}

function someOf(missing: readonly string[]): string {
  const named = missing
    .slice(0, 5)
    .map((text) => `"${text}"`)
    .join(', ');
  return missing.length > 5 ? `${named} and ${missing.length - 5} more` : named;
}

function inMegabytes(bytes: Uint8Array): string {
  return `${(bytes.length / 1e6).toFixed(1)} MB`;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
