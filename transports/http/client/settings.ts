/*
 * How long the dialling side waits, and with what it works.
 */
import type { Clock } from '../../../lib/clock.js';
import type { HttpPort } from './port.js';

/** How long the dialling side waits. */
export interface ClientSettings {
  /** For the answer when dialling, in milliseconds. */
  readonly dialTimeoutMs: number;
  /** How long requests may fail in a row before the connection is given up, in milliseconds. */
  readonly giveUpMs: number;
}

/** The defaults: 10 s each, less than a server keeps a connection without requests. */
export const CLIENT_SETTINGS: ClientSettings = { dialTimeoutMs: 10_000, giveUpMs: 10_000 };

/** With no byte for so long the stream is taken for dead and asked for anew; a server says something every 15 s. */
export const SILENCE_MS = 40_000;
/** A POST that is not answered in so long is sent again. */
export const POST_TIMEOUT_MS = 20_000;
/** How long the last word may take, when a connection is over. */
export const LAST_WORD_MS = 2_000;
/** After so long what has come is acknowledged, even if nobody waits for it. */
export const ACK_DELAY_MS = 1_000;

/** What every part of the dialling side works with. */
export interface Ground {
  readonly port: HttpPort;
  readonly clock: Clock;
  readonly settings: ClientSettings;
  /** `http://HOST:PORT`, before the path of every request. */
  readonly origin: string;
}
