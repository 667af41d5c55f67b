/* Reads XML strictly: the first mistake throws. */
import { SaxesParser } from 'saxes';

/** What was found. */
export interface FoundXml {
  readonly texts: readonly string[];
  /** The attributes of the outermost element. */
  readonly root: Readonly<Record<string, string>>;
}

/** Reads a document. */
export function readXml(xml: string): FoundXml {
  const texts: string[] = [];
  let root: Record<string, string> | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', ({ attributes }) => {
    root ??= attributes;
  });
  parser.on('text', (text) => texts.push(text));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { texts, root: root ?? {} };
}
