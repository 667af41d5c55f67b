/*
 * When a command that goes on until it is stopped should stop.
 */

/** Resolves at Ctrl-C, at a polite kill, or when the terminal is gone; a view also when nobody is left who reads it. */
export function toldToStop({ unread = false }: { readonly unread?: boolean } = {}): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      process.stdout.off('error', stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
    if (unread) process.stdout.on('error', stop);
  });
}
