/*
 * docs/performance.md, taken apart for the chapter on measurements: headings, paragraphs, lists, tables and figures. All
 * that it says of when, where and how is told with its tables; nothing is measured when the report is made.
 */

/** A piece of a line. */
export interface Span {
  readonly text: string;
  readonly style: 'plain' | 'code' | 'strong';
}

/** A part of a Markdown page. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly words: string }
  | { readonly kind: 'paragraph'; readonly words: readonly Span[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Span[])[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'figure'; readonly file: string; readonly caption: string };

/** The blocks of a page, without its title. Of Markdown it knows what our own pages use. */
export function blocksOf(markdown: string): Block[] {
  return markdown
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^# |^<!--/.test(part))
    .map(block);
}

function block(part: string): Block {
  const heading = /^(#{2,3}) (.*)$/.exec(part);
  if (heading) return { kind: 'heading', level: heading[1]?.length ?? 2, words: plain(heading[2] ?? '') };
  const figure = /^!\[(.*)\]\(figures\/(.*)\)$/.exec(part);
  if (figure) return { kind: 'figure', file: figure[2] ?? '', caption: plain(figure[1] ?? '') };
  if (part.startsWith('|')) return table(part.split('\n').map(cells));
  if (part.startsWith('- ')) {
    return {
      kind: 'list',
      items: part
        .slice(2)
        .split(/\n- /)
        .map((item) => spans(joined(item))),
    };
  }
  return { kind: 'paragraph', words: spans(joined(part)) };
}

function table([head = [], , ...rows]: readonly (readonly string[])[]): Block {
  return { kind: 'table', head, rows };
}

function cells(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => plain(cell.trim()));
}

function joined(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

/** A line in its pieces; of a link its words stay. */
function spans(line: string): Span[] {
  const words = line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return words
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .filter((text) => text !== '')
    .map((text): Span => {
      if (text.startsWith('`')) return { text: text.slice(1, -1), style: 'code' };
      if (text.startsWith('**')) return { text: text.slice(2, -2).replace(/`/g, ''), style: 'strong' };
      return { text, style: 'plain' };
    });
}

function plain(line: string): string {
  return spans(line)
    .map(({ text }) => text)
    .join('');
}
