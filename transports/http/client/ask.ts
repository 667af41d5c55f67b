/*
 * A request with the version in its headers and a time limit, and what an answer that refuses says.
 */
import type { Clock } from '../../../lib/clock.js';
import { TransportError } from '../../../lib/transport.js';
import { HEADERS, VERSION } from '../wire/requests.js';
import type { HttpReply } from './port.js';
import type { Ground } from './settings.js';

/** A time limit that can be put off. It and an outer signal give up the same thing. */
export class Limit {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #controller = new AbortController();
  #timer;

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
    this.#timer = clock.setTimer(ms, () => this.abort());
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** It begins anew. */
  putOff(): void {
    this.#timer.cancel();
    this.#timer = this.#clock.setTimer(this.#ms, () => this.abort());
  }

  abort(): void {
    this.#timer.cancel();
    this.#controller.abort();
  }

  /** It is not needed any more. */
  clear(): void {
    this.#timer.cancel();
  }
}

/** Asks for a path. */
export function ask(
  { port, origin }: Ground,
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  body?: Uint8Array<ArrayBuffer>,
): Promise<HttpReply> {
  const all = { [HEADERS.version]: VERSION, ...headers, ...(body && { 'content-type': 'application/octet-stream' }) };
  return port.request({ method, url: origin + path, headers: all, ...(body && { body }), signal });
}

/** The error for an answer that refuses, in the server's own sentence if it has one. */
export async function refusal(origin: string, reply: HttpReply): Promise<TransportError> {
  const said = reply.header('content-type')?.startsWith('text/plain') ? await start(reply) : '';
  const isOurs = /^[A-Z][^<>\p{Cc}]{5,400}\.$/u.test(said);
  const sentence = isOurs ? said : `${origin} is no Chatwire server: it answers with HTTP status ${reply.status}.`;
  return new TransportError('refused', sentence, { by: 'remote' });
}

async function start(reply: HttpReply): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of reply.body) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > 500) break;
    }
  } catch {
    // what came is enough
  }
  return text.trim();
}
