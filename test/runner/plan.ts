/*
 * Which test files there are, and which of them run together: most of them three at a time, then those with a browser
 * (`.browser.test.ts`) two at a time, and at last, one by one, those that need the machine for themselves (`.serial.test.ts`).
 */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Files that run at the same time. */
export interface Round {
  readonly files: readonly string[];
  readonly atOnce: number;
}

/** So many files run at a time: one more than CI's machine has cores, since many wait for the programs that they start. */
const AT_ONCE = 3;
/** A browser is several processes, and mostly waits. */
const BROWSERS_AT_ONCE = 2;

/** A run of the runner, as the command line asks for it. */
export interface Plan {
  /** One after the other. */
  readonly rounds: readonly Round[];
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
  const hasBrowser = (file: string): boolean => file.endsWith('.browser.test.ts');
  const others = wanted.filter((file) => !isSerial(file) && !hasBrowser(file));
  const rounds = [
    { files: others, atOnce: AT_ONCE },
    { files: wanted.filter(hasBrowser), atOnce: BROWSERS_AT_ONCE },
    { files: wanted.filter(isSerial), atOnce: 1 },
  ];
  return { rounds, limitMs };
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
