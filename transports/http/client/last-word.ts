/*
 * The last word for a session that has no connection here: a dial that was given up, a tab that is gone. The server then
 * need not wait until it misses them.
 */
import { HEADERS, PATHS } from '../wire/requests.js';
import { RecordWriter } from '../wire/write.js';
import { ask, Limit } from './ask.js';
import { type Ground, LAST_WORD_MS } from './settings.js';

/** Resets a session, if the server can be reached. Never rejects. */
export async function sayReset(ground: Ground, session: string): Promise<void> {
  const limit = new Limit(ground.clock, LAST_WORD_MS);
  const body = new RecordWriter().write(0, { type: 'RESET', code: 'aborted', text: '' }).bytes;
  try {
    await ask(ground, 'POST', PATHS.up, { [HEADERS.session]: session }, limit.signal, body);
  } catch {
    // the server gives it up by itself after a while
  } finally {
    limit.clear();
  }
}
