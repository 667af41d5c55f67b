/*
 * A bar that tells how far a long command is: at a terminal it stands in one line, elsewhere nothing is written.
 */

const WIDTH = 24;

/** A bar. */
export interface Progress {
  /** The next part begins. */
  step(what: string): Promise<void>;
  /** The bar is taken away. */
  done(): void;
}

/** A bar of so many parts. */
export function progress(parts: number, output: NodeJS.WriteStream = process.stderr): Progress {
  let begun = 0;
  const erase = () => output.isTTY && output.write('\r\x1b[K');
  return {
    async step(what) {
      const full = Math.round((WIDTH * begun) / parts);
      begun++;
      erase();
      if (output.isTTY) output.write(`${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${what} ...`);
      await new Promise(setImmediate); // what follows may keep the thread to itself
    },
    done: () => void erase(),
  };
}
