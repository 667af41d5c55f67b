/*
 * Which test files there are, and which of them run together. Files run three at a time;
 * one whose name ends in `.serial.test.ts` runs alone, after the others.
 */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** So many files run at a time: one more than CI's machine has cores, since many wait for the programs that they start. */
export const AT_ONCE = 3;

/** A run of the runner, as the command line asks for it. */
export interface Plan {
  /** Run {@link AT_ONCE} at a time. */
  readonly together: readonly string[];
  /** Run alone, afterwards. */
  readonly alone: readonly string[];
  /** How long one test may take, and a file until its first. */
  readonly limitMs: number;
}

/** Reads the command line: `[--in FOLDER] [--limit-ms N] [PART OF A PATH]...` */
export function plan(args: readonly string[]): Plan {
  const rest = [...args];
  const option = (name: string, otherwise: string): string => {
    const at = rest.indexOf(name);
    return at < 0 ? otherwise : (rest.splice(at, 2)[1] ?? otherwise);
  };
  const folder = option('--in', 'test');
  const limitMs = Number(option('--limit-ms', '180000'));
  const wanted = testFiles(folder).filter(
    (file) => rest.length === 0 || rest.some((part) => relative(folder, file).split(sep).join('/').includes(part)),
  );
  const isSerial = (file: string): boolean => file.endsWith('.serial.test.ts');
  return { together: wanted.filter((file) => !isSerial(file)), alone: wanted.filter(isSerial), limitMs };
}

/** Every test file below a folder, sorted; what lies in a `fixtures` folder is food for tests and no test. */
function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : testFiles(join(folder, entry.name));
      return entry.name.endsWith('.test.ts') ? [join(folder, entry.name)] : [];
    });
}
