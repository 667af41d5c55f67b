/*
 * A module and all that it needs, as one script for a page of a test.
 */
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** Bundles a file by its path from the root of the repository. */
export async function bundled(path: string): Promise<string> {
  const entry = fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
  const lib = { entry, formats: ['es' as const], fileName: 'script' };
  const result = await build({ configFile: false, logLevel: 'silent', build: { write: false, minify: false, target: 'es2022', lib } });
  const [{ output }] = result as [Rolldown.RolldownOutput];
  return output[0].code;
}
