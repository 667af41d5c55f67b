/* Why something could not be written, and what to do about it: the system's codes in words. */

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room, or write elsewhere',
  EFBIG: 'the file would be larger than the system allows: ask for less, or raise the limit (ulimit -f)',
  EDQUOT: 'your share of the disk is used up: make room, or write elsewhere',
  ENOENT: 'there is no such folder: make it first',
  ENOTDIR: 'what should be a folder on the way there is none',
  EACCES: 'it is not permitted there: choose a folder of your own',
  EPERM: 'it is not permitted there: choose a folder of your own',
  EROFS: 'nothing can be written there: choose another folder',
  EISDIR: 'there is a folder of that name: choose another name',
};

/** The reason in a system's error, as the end of a sentence. */
export function whyNotWritten(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return WHY[code] ?? `the system says ${code || message}`;
}
