/*
 * The few pieces of Markdown that the generated parts are made of.
 */

/** A table; what stands in a cell may contain anything but line breaks. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A block of text that is shown as it is. */
export function block(lines: readonly string[], language = 'text'): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}

/** A name in the code. */
export const code = (name: string | number): string => `\`${name}\``;

/** Paragraphs with an empty line between each two. */
export const paragraphs = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');
