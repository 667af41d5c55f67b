/*
 * What the dialling side needs of the machine beneath it: one way to make a request, shaped after `fetch`. In a browser
 * it is fetch (browser.ts); in Node it is node:http (node-port.ts).
 */
import type { Address, TransportError } from '../../../lib/transport.js';

/** A request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Goes on when the page that asked is gone. */
  readonly outlivesPage?: boolean;
  /** Gives it up, also while the answer's body is read. */
  readonly signal: AbortSignal;
}

/** An answer, whose body may still be on its way. */
export interface HttpReply {
  readonly status: number;
  header(name: string): string | undefined;
  /** The body as it comes; throws if it breaks off. To be read once, or not at all. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Makes requests. */
export interface HttpPort {
  /** Rejects if there is no answer. */
  request(request: HttpRequest): Promise<HttpReply>;
  /** Why there was none, when dialling. */
  explain(address: Address, cause: unknown): TransportError;
  /** What else may be the reason when a server does not answer, as the rest of a sentence. */
  readonly whyLate?: string;
  /** True if the failure says that nobody listens there any more, so that trying again makes no sense. */
  isGone(cause: unknown): boolean;
  /** Lets go of what is kept for later requests. */
  close(): void;
}
