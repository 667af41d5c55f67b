/*
 * What may be said of the HTTP transport: limits and times of both sides, and what else its port serves.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CLIENT_SETTINGS, type ClientSettings } from '../client/settings.js';

/** What may be said of the HTTP transport. */
export interface HttpOptions extends Partial<ClientSettings> {
  /**
   * Answers every request that is not the transport's own: a page's files, a stream of its own. It is called only for
   * requests whose Host and Origin are in order, and the security headers are set by then; it must answer each.
   * Default: 404.
   */
  readonly pages?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Host names, without a port, under which the server may be reached beside IP addresses, `localhost` and this machine's own name. Default: none. */
  readonly allowedHosts?: readonly string[];
  /** How long a connection is kept while no request carries its stream down, in milliseconds. Default 15,000. */
  readonly graceMs?: number;
  /** How soon after the opening the first request must come, in milliseconds. Default 5,000. */
  readonly openTimeoutMs?: number;
  /** After so much silence of a client it is asked whether it is there, in milliseconds. Default 15,000. */
  readonly pingMs?: number;
  /** After so much silence its connection is dropped, in milliseconds. Default 45,000. */
  readonly idleTimeoutMs?: number;
  /** How long a request's head may take to come, in milliseconds. Default 10,000. */
  readonly headersTimeoutMs?: number;
  /** How long a request may take to come whole, in milliseconds. Default 30,000. */
  readonly requestTimeoutMs?: number;
  /** The most that the body of one request may have, in bytes. Default 512 KiB; a client of ours sends half of that. */
  readonly maxBodyBytes?: number;
  /** How many connections may be open at once. The next is refused. Default 10,000. */
  readonly maxSessions?: number;
  /** How many sockets may be open at once. The next is closed. Default 25,000. */
  readonly maxSockets?: number;
}

/** The options with their defaults. */
export type HttpSettings = Required<HttpOptions>;

/** Fills in what was not said. */
export function withDefaults(options: HttpOptions): HttpSettings {
  return {
    ...CLIENT_SETTINGS,
    pages: (_, response) => {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('Here is a chat server and no page: use "chatwire chat" with this address.\n');
    },
    allowedHosts: [],
    graceMs: 15_000,
    openTimeoutMs: 5_000,
    pingMs: 15_000,
    idleTimeoutMs: 45_000,
    headersTimeoutMs: 10_000,
    requestTimeoutMs: 30_000,
    maxBodyBytes: 512 * 1024,
    maxSessions: 10_000,
    maxSockets: 25_000,
    ...options,
  };
}
