/*
 * Programs that some tests need and that are no npm packages: nc, telnet, tmux, ...
 * A test that misses one is skipped by name on a person's machine and fails in CI:
 *
 *   const withNc = needsTool('nc') ? test : test.skip;
 *   withNc('nc gets the dialogue', async () => { ... });
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The Debian package that brings a program, where it has another name. */
const packages: Readonly<Record<string, string>> = {
  nc: 'netcat-openbsd',
  'redis-server': 'redis-server',
  python3: 'python3',
  'luac5.2': 'lua5.2',
  'luac5.4': 'lua5.4',
  ip: 'iproute2',
  ss: 'iproute2',
  unshare: 'util-linux',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
};

/** Whether the program is on the PATH. In CI a missing one is an error. */
export function needsTool(name: string): boolean {
  if (isOnPath(name)) return true;
  const needs = `needs ${name} (apt-get install ${packages[name] ?? name})`;
  if (process.env.CI !== undefined) throw new Error(needs);
  const note = `skipped: ${needs}`;
  if (process.send === undefined) console.log(note);
  else process.send({ kind: 'note', text: note });
  return false;
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
