/*
 * Single keys from the terminal, without Enter, until one is done with them; then the terminal is as it was, whatever
 * happened in between.
 */
import { emitKeypressEvents, type Key } from 'node:readline';
import { UsageError } from '../failure.js';

/** Keys are read. */
export interface Keys {
  /** Gives the terminal back. */
  close(): void;
}

/**
 * Says what is missing where there is nobody to press a key.
 * @throws {UsageError} with a sentence
 */
export function mustBeTerminal(): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  throw new UsageError('--step needs a terminal, since keys choose what comes next; leave it out, and everything is shown at once.');
}

/** Reads keys by name: `right`, `h`, `H`, `space`, `ctrl-c`. */
export function readKeys(pressed: (name: string) => void): Keys {
  const { stdin } = process;
  const take = (text: string | undefined, key: Key) => {
    const name = key.name ?? text ?? '';
    if (key.ctrl) pressed(`ctrl-${name}`);
    else pressed(key.shift && name.length === 1 ? name.toUpperCase() : name);
  };
  const restore = () => {
    if (stdin.isTTY) stdin.setRawMode(false);
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('keypress', take);
  process.once('exit', restore);
  return {
    close() {
      stdin.off('keypress', take);
      process.off('exit', restore);
      restore();
      stdin.pause();
    },
  };
}
