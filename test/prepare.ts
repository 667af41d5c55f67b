/*
 * `npm run prepare`: npm runs it after `npm ci`, and npx when it meets a checkout for the first time. Builds, unless that is
 * done: else the first `npx chatwire` would be silent for half a minute, take dist/ from under a server that runs, and leave
 * npx unusable here if somebody broke it off.
 */
import { buildIfStale } from './built.js';

try {
  buildIfStale();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
