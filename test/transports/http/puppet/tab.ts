/*
 * The page of a tab that chats with an echo, with a stream of its own or with the one that all tabs share.
 */
import type { Connection } from '../../../../lib/transport.js';
import { http, sharedHttp } from '../../../../transports/http/browser.js';

/** What a test in Node calls. */
export interface Tab {
  /** Dials; the code of the error, or `open`. */
  open(how: 'shared' | 'own'): Promise<string>;
  /** What comes back of a text. */
  echo(text: string): Promise<string>;
}

const { origin } = (globalThis as unknown as { location: { origin: string } }).location;
let connection: Connection | undefined;

const tab: Tab = {
  async open(how) {
    const transport = how === 'own' ? http : sharedHttp('/worker.js');
    try {
      connection = await transport.dial(origin);
      return 'open';
    } catch (error) {
      return (error as { code: string }).code;
    }
  },
  echo: (text) =>
    new Promise((resolve, reject) => {
      let back = '';
      const subscription = connection?.received$.subscribe({
        next: (chunk) => {
          back += new TextDecoder().decode(chunk);
          if (back.length < text.length) return;
          subscription?.unsubscribe();
          resolve(back);
        },
        error: reject,
      });
      connection?.send(new TextEncoder().encode(text));
    }),
};
Object.assign(globalThis, { tab });
