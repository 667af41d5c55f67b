/*
 * Reads a sequence diagram with Mermaid itself, without a browser: parsing needs none but for DOMPurify, which cleans the
 * title and is replaced here.
 */
import DOMPurify from 'dompurify';
import mermaid from 'mermaid';

Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (text: string) => text });

interface SequenceDb {
  getActors(): ReadonlyMap<string, { readonly description: string }>;
  getMessages(): readonly { readonly message: unknown; readonly from?: string; readonly placement?: number }[];
}

/** What Mermaid found. */
export interface Diagram {
  readonly participants: readonly string[];
  /** The texts of the arrows. */
  readonly messages: readonly string[];
}

/** Reads a diagram; rejects as Mermaid does. */
export async function readMermaid(text: string): Promise<Diagram> {
  await mermaid.parse(text);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- `parse` says that it can be read, only this says as what
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const sequence = db as unknown as SequenceDb;
  return {
    participants: [...sequence.getActors().values()].map(({ description }) => decoded(description)),
    messages: sequence
      .getMessages()
      .filter(({ placement }) => placement === undefined)
      .map(({ message }) => decoded(String(message))),
  };
}

/** Mermaid keeps `#35;` under a form of its own until it draws. */
function decoded(text: string): string {
  return text.replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCharCode(Number(code))).replaceAll('<br/>', ' ');
}
