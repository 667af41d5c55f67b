/*
 * The examples in the order in which one would teach them. library.ts is none of them: it shows no dialogue,
 * but how little a program of one's own needs.
 */
import { example as chat } from './chat.js';
import { example as connect } from './connect.js';
import { example as create } from './create.js';
import { example as exit } from './exit.js';
import { example as handshake } from './handshake.js';
import { example as isolation } from './isolation.js';
import { example as lossy } from './lossy.js';
import { example as mistakes } from './mistakes.js';
import type { Example } from './stage/stage.js';

export { narrator, type Teller } from './stage/narrator.js';
export { DEFAULT_TRANSPORT, type Performance, perform, whyNot } from './stage/perform.js';
export { TRANSPORTS } from './stage/place.js';
export { type Recording, record } from './stage/record.js';
export type { Example };

/** In teaching order. */
export const examples: readonly Example[] = [handshake, connect, create, exit, chat, isolation, mistakes, lossy];
