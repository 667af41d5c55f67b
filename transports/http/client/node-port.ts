/*
 * Requests by node:http, in the shape that the dialling side wants. Not the global fetch: its connections belong to a
 * pool that the process shares and that nobody can empty, so a closed connection would leave sockets behind.
 */
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { type Address, TransportError } from '../../../lib/transport.js';
import { explain } from '../../stream/errors.js';
import { PORT_SENTENCES } from '../../stream/index.js';
import type { HttpPort, HttpReply, HttpRequest } from './port.js';

/** A port with sockets of its own, which close() gives up. */
export function nodePort(): HttpPort {
  const agent = new Agent({ keepAlive: true, noDelay: true });
  return {
    request: (request) => send(agent, request),
    explain: (address: Address, cause) =>
      codeOf(cause).startsWith('HPE_') // Node's HTTP parser
        ? new TransportError('refused', `${address} is no Chatwire server: what it answers is no HTTP.`, { by: 'remote', cause })
        : explain('dial', address, cause, PORT_SENTENCES),
    isGone: (cause) => codeOf(cause) === 'ECONNREFUSED',
    close: () => agent.destroy(),
  };
}

/** What the system, or Node, calls an error. */
function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
}

function send(agent: Agent, { method, url, headers, body, signal }: HttpRequest): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent, method, headers: { ...headers, 'content-length': body?.length ?? 0 } });
    // not by the option `signal`: it would stay with the socket, which carries other requests later
    const giveUp = () => {
      request.destroy();
    };
    signal.addEventListener('abort', giveUp);
    request.on('close', () => signal.removeEventListener('abort', giveUp));
    request.on('error', reject);
    request.on('response', (response) => {
      response.on('error', () => undefined); // whoever reads the body is told
      resolve(replyOf(response));
    });
    if (signal.aborted) giveUp();
    else request.end(body);
  });
}

function replyOf(response: IncomingMessage): HttpReply {
  return {
    status: response.statusCode ?? 0,
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body: response,
  };
}
