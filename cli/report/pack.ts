/*
 * The ZIP that is handed in: the PDF, how to run it, and the project's files in a folder. The same files give the same
 * bytes: they are sorted, and each has the same date and mode on every machine.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { DocumentTools } from './tools.js';

/** What goes in. */
export interface Parcel {
  readonly root: string;
  readonly files: readonly string[];
  readonly pdf: { readonly name: string; readonly bytes: Buffer };
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
}

/** The folder that the project is in. */
export const FOLDER_IN_ZIP = 'chatwire';

/** The ZIP. */
export async function pack({ yazl }: DocumentTools, { root, files, pdf, date }: Parcel): Promise<Buffer> {
  // ZIP keeps a local time without a zone and begins in 1980
  const mtime = new Date(Math.max(date.year, 1980), date.month - 1, date.day, 12);
  const zip = new yazl.ZipFile();
  const options = (mode: number) => ({ mtime, mode, forceDosTimestamp: true, compress: true });
  zip.addBuffer(pdf.bytes, pdf.name, options(0o100644));
  zip.addBuffer(Buffer.from(HOW_TO_RUN), 'HOW-TO-RUN.txt', options(0o100644));
  for (const file of files) {
    const bytes = readFileSync(join(root, file));
    // what the disk says of a mode gets lost on Windows and by many a program that unpacks
    const isScript = bytes.subarray(0, 2).toString('latin1') === '#!';
    zip.addBuffer(bytes, `${FOLDER_IN_ZIP}/${file}`, options(isScript ? 0o100755 : 0o100644));
  }
  zip.end();
  return buffer(zip.outputStream);
}

const HOW_TO_RUN = `How to run Chatwire
===================

1. Install Node.js 20.19 or newer (https://nodejs.org).
2. In the folder ${FOLDER_IN_ZIP}:

     npm ci && npm start      a menu: start a server, chat with one, see the demos
     npm ci && npm test       all tests

A server and two clients, each in a terminal of its own:

     npx chatwire serve --listen tcp://127.0.0.1:4000 --listen text+tcp://127.0.0.1:4001
     npx chatwire chat tcp://127.0.0.1:4000
     nc 127.0.0.1 4001

The PDF beside this file has the documentation; ${FOLDER_IN_ZIP}/README.md has a tour.
`;
