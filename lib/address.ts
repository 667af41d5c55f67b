/*
 * Addresses are URLs, the same in the command line, the API and the trace:
 * tcp://127.0.0.1:4000, udp://[::1]:4000, unix:/tmp/chatwire.sock, memory:lobby.
 * A `text+` in front picks the plain-text door and is stripped before a transport is looked up.
 * This file reads and writes them; what a host name resolves to is the transport's business.
 */
import { TransportError } from './transport-error.js';

/** An address as a URL, for example `tcp://127.0.0.1:4000` or `unix:/tmp/chatwire.sock`. */
export type Address = string;

/** How bytes become frames at an address: binary frames, or lines of text for `nc` and `telnet`. */
export type CodecName = 'frames' | 'text';

/** What a listener's or a peer's address says, once read. */
export interface ParsedAddress {
  readonly codec: CodecName;
  /** The transport's name: `tcp`, `udp`, `unix`, `memory`, `http`, or one of your own. */
  readonly scheme: string;
  /** The same address without `text+`: what the transport is given. */
  readonly address: Address;
}

/** A host and a port, of the transports that have them. */
export interface HostPort {
  /** A host name or an IP address; an IPv6 address stands without its brackets. */
  readonly host: string;
  /** 0 to 65535; 0 asks the system for a free port. */
  readonly port: number;
}

const SCHEME = /^(text\+)?([a-z][a-z0-9-]*):(.+)$/s;
const HOST_PORT = /^\/\/(?:\[([0-9a-fA-F:.]+(?:%[\w.-]+)?)\]|([^/:[\]@?#]+)):(\d{1,5})\/?$/;

/**
 * Reads an address.
 * @throws {TransportError} `unsupported` if it is no URL of the form `scheme:...`, or the plain-text door of a transport that has none.
 */
export function parseAddress(text: string): ParsedAddress {
  const match = SCHEME.exec(text);
  if (!match) throw bad(text, 'write it as a URL, for example tcp://127.0.0.1:4000');
  const [, prefix, scheme, rest] = match as unknown as [string, string | undefined, string, string];
  if (prefix && scheme === 'http')
    throw bad(text, 'the plain-text door is for nc and telnet, which speak no HTTP; use text+tcp://HOST:PORT');
  const path = rest.startsWith('///') ? rest.slice(2) : rest; // unix:///tmp/x is unix:/tmp/x, as with file:
  return { codec: prefix ? 'text' : 'frames', scheme, address: `${scheme}:${path}` };
}

/**
 * Reads the host and port of an address such as `tcp://127.0.0.1:4000` or `udp://[::1]:0`.
 * @throws {TransportError} `unsupported` if either is missing or the port is past 65535.
 */
export function parseHostPort(address: Address): HostPort {
  const { scheme, address: plain } = parseAddress(address);
  const match = HOST_PORT.exec(plain.slice(scheme.length + 1));
  if (!match) throw bad(address, `write it as ${scheme}://HOST:PORT, for example ${scheme}://127.0.0.1:4000`);
  const port = Number(match[3]);
  if (port > 65535) throw bad(address, 'a port is a number from 0 to 65535');
  return { host: match[1] ?? match[2] ?? '', port };
}

/** Writes an address from a scheme, a host and a port; an IPv6 host gets its brackets. */
export function formatHostPort(scheme: string, { host, port }: HostPort): Address {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function bad(text: string, fix: string): TransportError {
  return new TransportError('unsupported', `"${text}" is not an address that Chatwire understands: ${fix}.`);
}
