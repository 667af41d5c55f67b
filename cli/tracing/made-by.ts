/* With what a trace is made, in words: for the first line of its file. */
import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('chatwire/package.json') as { version: string };

/** Versions and machine. */
export const MADE_BY = `Chatwire ${version}, Node.js ${process.version}, ${process.platform} ${process.arch}`;
