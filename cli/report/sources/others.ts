/*
 * Explains the files that are no TypeScript: by the comment, the docstring, the heading or the title at their head.
 * For those that cannot hold one, what they are stands here, by name.
 */
import { commentText, type Declared, type ExplainedFile, folderOf } from './explained.js';

const BY_NAME: Readonly<Record<string, string>> = {
  'package.json': 'The package: its name, what it exports, its commands and what it depends on.',
  'package-lock.json': 'The exact version and checksum of every package, so that npm ci installs the same everywhere.',
  'biome.json': 'The rules of layout and plain lint.',
  LICENSE: 'The MIT licence.',
  '.gitignore': 'What git does not keep: what npm, the compiler and the tests make.',
  '.editorconfig': 'What editors need to know of line ends and indentation.',
};

/** Explains a file; `known` are the paths of all, since a style sheet may be told of by the component beside it. */
export function explainOther(path: string, text: string, known: ReadonlySet<string> = new Set()): ExplainedFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    path,
    folder: folderOf(path),
    lines: text.split('\n').length - 1,
    purpose: BY_NAME[name] ?? (headOf(name, text) || styleOf(path, known)),
    declared: name.endsWith('.py') ? pythonDeclared(text) : name.endsWith('.typ') ? typstDeclared(text) : [],
    tests: [],
    imports: [],
  };
}

function headOf(name: string, text: string): string {
  if (name.endsWith('.md')) return markdownHead(text);
  if (name.endsWith('.html')) return `The page “${/<title>([^<]*)<\/title>/.exec(text)?.[1] ?? name}”, into which its script draws.`;
  if (name.endsWith('.svg')) return /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? '';
  if (name.endsWith('.py')) return (/^(?:#.*\n)*\s*"""([\s\S]*?)"""/.exec(text)?.[1] ?? '').trim();
  const withoutShebang = text.replace(/^#!.*\n/, '');
  const comment = /^\s*((?:#.*\n)+|(?:\/\/.*\n)+|\/\*[\s\S]*?\*\/)/.exec(withoutShebang)?.[1];
  return comment === undefined ? '' : commentText(comment.trim());
}

/** A style sheet stands beside the component that it is for. */
function styleOf(path: string, known: ReadonlySet<string>): string {
  const component = path.replace(/\.css$/, '.tsx');
  return known.has(component) ? `How ${component.slice(component.lastIndexOf('/') + 1)} looks.` : '';
}

/** The heading, and the first paragraph of prose below it. */
function markdownHead(text: string): string {
  const heading = /^# (.*)$/m.exec(text)?.[1] ?? '';
  const prose = text.split(/\n\n+/).find((part) => /^[A-Za-z`*[]/.test(part.trim()) && !part.startsWith('<!--')) ?? '';
  const plain = prose
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ');
  const [sentence = ''] = plain.split(/(?<=[.:]) (?=[A-Z])/);
  return [heading, sentence].filter((part) => part !== '').join('. ');
}

function pythonDeclared(text: string): Declared[] {
  return [...text.matchAll(/^(def|class) (\w+)(\([^)]*\))?[^\n]*:\n(?:\s+"""([\s\S]*?)""")?/gm)].map(
    ([, kind, name = '', args = '', doc = '']) => ({
      kind: kind === 'class' ? 'class' : 'function',
      name,
      signature: args,
      doc: doc.replace(/\s+/g, ' ').trim(),
      exported: true,
      methods: [],
    }),
  );
}

function typstDeclared(text: string): Declared[] {
  return [...text.matchAll(/((?:^\/\/\/ .*\n)*)^#let ([\w-]+)(\([^)]*\))? ?=/gm)].map(([, doc = '', name = '', args]) => ({
    kind: args === undefined ? 'constant' : 'function',
    name,
    signature: args ?? '',
    doc: doc
      .replace(/^\/\/\/ /gm, '')
      .replace(/\s+/g, ' ')
      .trim(),
    exported: true,
    methods: [],
  }));
}
