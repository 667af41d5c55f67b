/*
 * What a grader looks for, and where in the PDF it is. The PDF's own text is read, as it is in the file, and nothing
 * that was known while it was made is believed.
 */
import type { Author } from './authors.js';
import type { ExplainedFile } from './sources/explained.js';
import type { DocumentTools } from './tools.js';

/** One demand of the assignment. */
export interface Finding {
  readonly demand: string;
  /** The page where it is met, as counted by a viewer; nothing if it is not met. */
  readonly page: number | undefined;
  /** What is missing. */
  readonly missing: readonly string[];
}

/** What the assignment asks for, as texts that must be in the PDF. All of a demand's texts must be found. */
interface Demand {
  readonly demand: string;
  readonly texts: readonly string[];
  /** The title of the chapter that meets it; elsewhere nothing counts. */
  readonly chapter?: string;
}

const THEORY = 'Theoretical background';
const FILES = 'Every file';
const HANDSHAKE = 'The socket handshake';

const ILLUSTRATIONS: readonly Demand[] = [
  { demand: 'option 1, connect', texts: ['client12: Hello, how are you?', "You're connected to group chat #8888"] },
  { demand: 'option 2, create', texts: ['Your new group chat is #8888', 'Ann gives a name and a password'] },
  { demand: 'option 3, exit, and the server keeps listening', texts: ['closed: exit', 'Exit the server.'] },
  { demand: 'wrong password, unknown group', texts: ['! Wrong group ID or password.', 'Enter group ID: 7777'] },
  {
    demand: 'empty name, name taken',
    texts: ['! A name cannot be empty.', '! Somebody in this group has that name already'],
  },
  { demand: 'the graphical interface', texts: ['serve --gui', 'Ada in the browser'] },
  {
    demand: 'every option as a ladder of frames',
    texts: ['Option 1 as a ladder', 'SAY message 1: Hi friends', 'CREATED group', 'BYE exit', 'Option 3: the goodbye'],
  },
];

/** The demands on a report of these people about these files. */
export function demands(
  authors: readonly Author[],
  files: readonly ExplainedFile[],
  facts: { readonly system: string; readonly language: string },
): Demand[] {
  return [
    { demand: 'Full name and ID', texts: authors.flatMap(({ name, id }) => [name, id]) },
    { demand: 'Operating system', texts: [facts.system] },
    { demand: 'Language and version', texts: [facts.language] },
    {
      demand: 'Theoretical background',
      texts: [THEORY, 'client and the server', 'three-way handshake', 'flow control', 'congestion window', 'datagram', 'event loop'],
      chapter: THEORY,
    },
    { demand: 'Every file', texts: files.map(({ path }) => path), chapter: FILES },
    {
      demand: 'Every class and function',
      texts: files.flatMap(({ declared }) =>
        declared.filter(({ kind }) => kind === 'class' || kind === 'function').map(({ name }) => name),
      ),
      chapter: FILES,
    },
    { demand: 'The socket handshake: which protocol', texts: [HANDSHAKE, 'SYN', 'COOKIE', 'EINPROGRESS'], chapter: HANDSHAKE },
    {
      demand: 'The socket handshake: which commands',
      texts: ['socket', 'bind', 'listen', 'accept', 'connect', 'send', 'recv', 'close'].map((name) => `${name}(`),
      chapter: HANDSHAKE,
    },
    {
      demand: 'The socket handshake: are they blocking',
      texts: ['blocking', 'non-blocking', 'in progress', 'never waits'],
      chapter: HANDSHAKE,
    },
    { demand: 'An illustration: the opening message', texts: ['3. Exit the server.', 'Hello client, please choose an option:'] },
    ...ILLUSTRATIONS.map(({ demand, texts }) => ({
      demand: `An illustration: ${demand}`,
      texts,
      chapter: 'Usage, with an illustration of every option',
    })),
  ];
}

/** The text of every page. */
export async function pageTexts({ pdf }: DocumentTools, bytes: Uint8Array): Promise<readonly string[]> {
  const { text } = await pdf.extractText(new Uint8Array(bytes), { mergePages: false });
  return text.map(squeezed);
}

/** Looks for every demand. Line breaks, and places where a long word may break, do not count. */
export function findAll(all: readonly Demand[], pages: readonly string[]): Finding[] {
  return all.map(({ demand, texts, chapter }) => {
    const within = chapter === undefined ? pages.map((page) => (isList(page) ? '' : page)) : onlyChapter(chapter, pages);
    const whole = within.join('');
    const wanted = texts.map(wordsOf);
    const missing = texts.filter((_, i) => !found(wanted[i] ?? [], whole));
    return { demand, page: missing.length > 0 ? undefined : firstPage(wanted, within), missing };
  });
}

/** The first page that has them all; of what is spread over several pages the one where it begins. */
function firstPage(wanted: readonly (readonly string[])[], pages: readonly string[]): number {
  const hasAll = pages.findIndex((page) => wanted.every((words) => found(words, page)));
  return 1 + (hasAll >= 0 ? hasAll : pages.findIndex((page) => wanted.some((words) => found(words, page))));
}

/** The pages of a chapter in their places, the others empty. */
function onlyChapter(title: string, pages: readonly string[]): readonly string[] {
  let isIn = false;
  return pages.map((page) => {
    const [head, number] = /^Chapter(\d+)/.exec(page) ?? [];
    if (number !== undefined) isIn = page.startsWith(squeezed(title), head?.length);
    return isIn ? page : '';
  });
}

/** A text as it is looked for: whole, or word by word if it is written from right to left and comes out of the PDF in another order. */
function wordsOf(text: string): readonly string[] {
  return /\p{Script=Hebrew}|\p{Script=Arabic}/u.test(text) ? text.split(/\s+/).map(squeezed) : [squeezed(text)];
}

function found(words: readonly string[], within: string): boolean {
  return words.every((word) => within.includes(word));
}

/** Without what a page may add or the reader of the PDF may lose: spaces, marks of direction, round brackets. */
function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/[\s()\u00ad\u200b\u200e\u200f\u2060]+/gu, '');
}

/** A page of the table of contents or of the list of figures; a following one begins with its running head. */
function isList(page: string): boolean {
  return /^(?:Chatwire)?(?:Contents|Figures)/.test(page) || (page.match(/\.\.\.\.\./g)?.length ?? 0) > 4;
}
