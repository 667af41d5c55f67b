/*
 * The last word for a session that has no connection here any more: a dial that was given up, a page that is being
 * closed. The server then need not wait until it misses them.
 */
import { HEADERS, PATHS, VERSION } from '../wire/requests.js';
import { RecordWriter } from '../wire/write.js';
import { Limit } from './ask.js';
import { type Ground, LAST_WORD_MS } from './settings.js';

/** Resets a session, if the server can be reached. Never rejects. */
export async function sayReset({ port, clock, origin }: Ground, session: string): Promise<void> {
  const limit = new Limit(clock, LAST_WORD_MS);
  try {
    await port.request({
      method: 'POST',
      url: origin + PATHS.up,
      headers: { [HEADERS.version]: VERSION, [HEADERS.session]: session, 'content-type': 'application/octet-stream' },
      body: new RecordWriter().write(0, { type: 'RESET', code: 'aborted', text: '' }).bytes,
      signal: limit.signal,
      outlivesPage: true,
    });
  } catch {
    // the server gives it up by itself after a while
  } finally {
    limit.clear();
  }
}
