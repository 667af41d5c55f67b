/*
 * What is told of a file of the project, whatever its language: what it is for, and what is declared in it.
 */

/** A class, a function, or another thing that a file declares. */
export interface Declared {
  readonly kind: 'class' | 'function' | 'interface' | 'type' | 'constant' | 'method';
  readonly name: string;
  /** Parameters and result, or nothing where the name says it all. */
  readonly signature: string;
  /** From its doc comment; empty if it has none. */
  readonly doc: string;
  readonly exported: boolean;
  /** The methods of a class. */
  readonly methods: readonly Declared[];
}

/** A file, explained. */
export interface ExplainedFile {
  readonly path: string;
  readonly folder: string;
  readonly lines: number;
  /** From the comment at its head; empty if it has none. */
  readonly purpose: string;
  readonly declared: readonly Declared[];
  /** The names of the tests in it. */
  readonly tests: readonly string[];
  /** The files of the project that it imports. */
  readonly imports: readonly string[];
}

/** The folder of a path; `.` for those at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** A comment's text without what marks it as one, its paragraphs kept apart. */
export function commentText(comment: string): string {
  const lines = comment
    .replace(/^\/\*+|\*+\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\*|\/\/|#)(?: |$)/, '').trimEnd());
  return lines.join('\n').trim();
}
