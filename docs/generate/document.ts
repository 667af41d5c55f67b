/*
 * A document with generated parts. Each stands between two markers, and all that stands around them is left alone:
 *
 *   <!-- generated: NAME -->
 *   ...
 *   <!-- end -->
 */

/** Makes the parts of a document, by name. */
export type Parts = Readonly<Record<string, () => string>>;

const PART = /(<!-- generated: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * The document with its parts made anew.
 * @throws {Error} if it names a part that nobody makes, or lacks one that somebody does.
 */
export function fill(document: string, parts: Parts): string {
  const missing = new Set(Object.keys(parts));
  const filled = document.replace(PART, (_, begin: string, name: string, end: string) => {
    const make = parts[name];
    if (!make) throw new Error(`Nobody makes the part "${name}".`);
    missing.delete(name);
    return `${begin}\n${make().trim()}\n\n${end}`;
  });
  if (missing.size > 0) throw new Error(`The document has no place for ${[...missing].join(', ')}.`);
  return filled;
}
