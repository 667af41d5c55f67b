/*
 * Writes files so that nobody ever finds half of one: beside the place where a file is to stand, and renamed when it is
 * whole. What cannot be written gives one sentence, and leaves nothing behind.
 */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FileError } from '../failure.js';
import { whyNotWritten } from '../not-written.js';

/** So much is gathered before it is written. */
const GATHERED = 64 * 1024;

/** A file that is being written. */
export interface FileBeside {
  /** Adds to it. */
  write(data: string | Uint8Array): void;
  /** It is whole: it takes its place. */
  finish(): void;
  /** It is not wanted any more. */
  discard(): void;
}

/**
 * Begins a file.
 * @throws {FileError} here and later, if it cannot be written; then nothing is left of it
 */
export function fileBeside(path: string): FileBeside {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  let gathered: string[] = [];
  let size = 0;
  let file: number | undefined;

  const discard = () => {
    if (file === undefined) return;
    const open = file;
    file = undefined;
    closeSync(open);
    rmSync(beside, { force: true });
  };
  const attempt = (act: () => void) => {
    try {
      act();
    } catch (error) {
      discard();
      throw new FileError(sentence(path, error), { cause: error });
    }
  };
  const put = (data: string | Uint8Array) => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    for (let done = 0; done < bytes.length; ) done += writeSync(file as number, bytes, done);
  };
  const flush = () => {
    const text = gathered.join('');
    gathered = [];
    size = 0;
    put(text);
  };

  attempt(() => {
    file = openSync(beside, 'w');
  });
  return {
    write(data) {
      if (file === undefined) return;
      if (typeof data !== 'string') {
        attempt(() => {
          flush();
          put(data);
        });
        return;
      }
      gathered.push(data);
      size += data.length;
      if (size >= GATHERED) attempt(flush);
    },
    finish() {
      if (file === undefined) return;
      attempt(() => {
        flush();
        closeSync(file as number);
        file = undefined;
        try {
          renameSync(beside, path);
        } catch (error) {
          rmSync(beside, { force: true });
          throw error;
        }
      });
    },
    discard,
  };
}

function sentence(path: string, error: unknown): string {
  return `${path} could not be written: ${whyNotWritten(error)}.`;
}
