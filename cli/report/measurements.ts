/*
 * The tables of docs/performance.md, with the heading and the words before each, for the chapter on measurements. The
 * date and the machine stand in those words; nothing is measured when the report is made.
 */

/** A table of a Markdown file. */
export interface MeasuredTable {
  readonly chapter: string;
  readonly heading: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables, in their order. */
export function measuredTables(markdown: string): MeasuredTable[] {
  const tables: MeasuredTable[] = [];
  let chapter = '';
  let heading = '';
  let lines: string[] = [];
  const close = () => {
    const [head, , ...rows] = lines.map(cells);
    if (head && rows.length > 0) tables.push({ chapter, heading, head, rows });
    lines = [];
  };
  for (const line of [...markdown.split('\n'), '']) {
    if (line.startsWith('|')) lines.push(line);
    else if (lines.length > 0) close();
    if (line.startsWith('## ')) [chapter, heading] = [line.slice(3), ''];
    if (line.startsWith('### ')) heading = line.slice(4);
    if (/^Against the goals/.test(line)) heading = 'Against the goals of the plan';
  }
  return tables;
}

/** When and where was measured, in the file's own words. */
export function measuredWhere(markdown: string): string {
  return /^Measured .*$/m.exec(markdown)?.[0] ?? '';
}

function cells(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim().replace(/[`*]/g, ''));
}
