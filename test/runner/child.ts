/*
 * The process of one test file: `node --import tsx test/runner/child.ts FILE`, forked by files.ts.
 * Loads the file with uvu told to wait (UVU_DEFER), runs the suites that queued up, reports, and is then expected
 * to end by itself: what keeps it alive for 10 s more was leaked by the tests.
 */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Report } from './outcome.js';

/** What one of uvu's queued suites answers: the failures as text (true: none), then the counts. */
type Suite = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;
declare global {
  var UVU_DEFER: number;
  var UVU_INDEX: number;
  var UVU_QUEUE: (Suite | null)[][];
}

const lingerMs = 10_000;
const tell = (report: Report): Promise<void> =>
  new Promise((resolve) => (process.send === undefined ? resolve(console.log(report)) : process.send(report, () => resolve())));

// Whoever imports uvu gets suites.ts, except suites.ts itself.
const suites = new URL('./suites.ts', import.meta.url).href;
const redirect = `export const resolve = (specifier, context, next) =>
  specifier === 'uvu' && context.parentURL?.split('?')[0] !== '${suites}' ? { url: '${suites}', shortCircuit: true } : next(specifier, context);`;
register(`data:text/javascript,${encodeURIComponent(redirect)}`);

globalThis.UVU_DEFER = 1;
globalThis.UVU_INDEX = 0;
globalThis.UVU_QUEUE = [[null]];
const { hookErrors } = await import('./suites.js');
const before = process.getActiveResourcesInfo();
await import(pathToFileURL(process.argv[2] ?? '').href);

let [passed, failed, skipped] = [0, 0, 0];
const failures: string[] = [];
for (const run of globalThis.UVU_QUEUE.flat()) {
  if (run === null) continue;
  const [errors, ran, omitted, total] = await run().catch((): Awaited<ReturnType<Suite>> => [true, 0, 0, 1]);
  if (errors !== true) failures.push(errors.trimEnd());
  passed += ran;
  failed += total - ran;
  skipped += omitted;
}
failures.push(...hookErrors);
if (hookErrors.length > 0 && failed === 0) failed = 1;
if (passed + failed + skipped === 0) {
  failed = 1;
  failures.push('no tests: does the file call test.run()?');
}
await tell({ kind: 'done', passed, failed, skipped, failures });

setTimeout(() => {
  const resources = process.getActiveResourcesInfo();
  for (const known of before) if (resources.includes(known)) resources.splice(resources.indexOf(known), 1);
  void tell({ kind: 'leaked', resources }).then(() => process.exit(1));
}, lingerMs).unref();
process.channel?.unref();
