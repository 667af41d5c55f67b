/*
 * Writes files whole or not at all: each beside its place first, and then all are renamed. If anything fails, what was
 * begun is taken away, and what stood there before stays.
 */
import { accessSync, constants, existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../failure.js';
import { ReportError } from './report-error.js';

/** A file to write. */
export interface NewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Holds that a folder is there and can be written to, before the work begins.
 * @throws {UsageError} if not
 */
export function requireFolder(folder: string): void {
  try {
    makeFolder(resolve(folder));
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UsageError(`The folder ${folder} cannot be written to (${codeOf(error)}): choose another one with --out.`);
  }
}

/** Makes a folder and those above it. Not by mkdir's `recursive`, which never comes back where nothing can be made (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Writes the files.
 * @throws {ReportError} if the disk is full or something else is in the way
 */
export function writeFiles(folder: string, files: readonly NewFile[]): readonly string[] {
  const places = files.map(({ name, bytes }) => ({
    final: join(folder, name),
    beside: join(folder, `.${name}.${process.pid}.part`),
    bytes,
  }));
  try {
    for (const { beside, bytes } of places) writeFileSync(beside, bytes);
    for (const { final } of places) refuseFolder(final);
    for (const { beside, final } of places) renameSync(beside, final);
  } catch (error) {
    for (const { beside } of places) rmSync(beside, { force: true });
    const why = codeOf(error) === 'ENOSPC' ? 'the disk is full; make room, or choose another folder with --out' : codeOf(error);
    throw new ReportError(`The report could not be written to ${folder}: ${why}.`);
  }
  return places.map(({ final }) => final);
}

/** A folder in the way would stop the second file when the first one is renamed already. */
function refuseFolder(place: string): void {
  if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    throw Object.assign(new Error(), { code: `${place} is a folder` });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
