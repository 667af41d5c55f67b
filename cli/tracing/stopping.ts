/*
 * When a command that goes on until it is stopped should stop: Ctrl-C, a polite kill, the terminal gone, or nobody left
 * who reads what it writes.
 */

/** Resolves at the first of them. */
export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      process.stdout.off('error', stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
    process.stdout.on('error', stop);
  });
}
