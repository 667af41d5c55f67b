/*
 * Requests by fetch, in a browser (and wherever else there is one).
 */
import { type Address, TransportError } from '../../../lib/transport.js';
import type { HttpPort, HttpReply, HttpRequest } from './port.js';

/** A port over the global fetch. The browser keeps the sockets. */
export const fetchPort: HttpPort = {
  request: send,
  explain: (address: Address, cause) => {
    const sentence = `${address} cannot be reached: start the server first, or check the address and the network.`;
    return new TransportError('refused', sentence, { by: 'remote', cause });
  },
  whyLate: ', and close other tabs that use it, since a browser has six connections to a server',
  isGone: () => false, // a browser does not say why a request failed
  close: () => undefined,
};

async function send({ method, url, headers, body, signal, outlivesPage = false }: HttpRequest): Promise<HttpReply> {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    credentials: 'omit',
    redirect: 'error',
    keepalive: outlivesPage,
    referrerPolicy: 'no-referrer',
    ...(body && { body }),
  });
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: response.body ? chunksOf(response.body) : nothing(),
  };
}

/** Not the stream's own iterator, which not every browser has. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    reader.cancel().catch(() => undefined); // a stream that has ended or failed has nothing to cancel
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
