/*
 * What the system says (ECONNREFUSED, EADDRINUSE, ...) as a TransportError: a code for programs and one
 * sentence that a person can act on. A table for each thing one does with a socket; the family of sockets
 * may have better words of its own.
 */
import { type Address, type Side, TransportError, type TransportErrorCode } from '../../lib/transport.js';

/** What was being done when the system said no. */
export type Doing = 'dial' | 'listen' | 'talk';

/** A system error told: the code, and the sentence for an address. */
export type Sentence = readonly [TransportErrorCode, (address: Address) => string];

/** Sentences by what was being done and the system's code. */
export type Sentences = Readonly<Record<Doing, Readonly<Record<string, Sentence>>>>;

const tooManyFiles: Sentence = [
  'overflow',
  (at) => `No socket is left for ${at}: this process has too many files open; close some, or raise the limit (ulimit -n).`,
];
const unknownHost: Sentence = ['unreachable', (at) => `The host name in ${at} is not known: check its spelling, or write an IP address.`];
const noRoute: Sentence = ['unreachable', (at) => `No way leads from here to ${at}: check the network and the address.`];
const noSuchFamily: Sentence = ['unsupported', (at) => `This machine does not speak the kind of address in ${at}: try 127.0.0.1.`];
const dropped: Sentence = ['reset', (at) => `${at} dropped the connection.`];

const GENERAL: Sentences = {
  dial: {
    ECONNREFUSED: ['refused', (at) => `Nobody listens at ${at}: start the server first, or check the address.`],
    ECONNRESET: ['refused', (at) => `${at} turned the connection away.`],
    ETIMEDOUT: ['timeout', (at) => `${at} did not answer in time: check the address, and whether a firewall stands between.`],
    EACCES: ['unreachable', (at) => `Not permitted to connect to ${at}: a firewall or a file's permissions forbid it.`],
    EPERM: ['unreachable', (at) => `Not permitted to connect to ${at}: a firewall forbids it.`],
    EADDRNOTAVAIL: [
      'unreachable',
      (at) => `No local address is free from which ${at} could be reached: check the address, or try again later.`,
    ],
    EHOSTUNREACH: noRoute,
    EHOSTDOWN: noRoute,
    ENETUNREACH: noRoute,
    ENETDOWN: noRoute,
    ENOTFOUND: unknownHost,
    EAI_AGAIN: unknownHost,
    EAFNOSUPPORT: noSuchFamily,
    EMFILE: tooManyFiles,
    ENFILE: tooManyFiles,
  },
  listen: {
    EADDRINUSE: ['address-in-use', (at) => `Somebody listens at ${at} already: stop that program, or choose another address.`],
    EACCES: ['unreachable', (at) => `Not permitted to listen at ${at}: choose another address.`],
    EADDRNOTAVAIL: ['unreachable', (at) => `The host in ${at} is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all of them.`],
    ENOTFOUND: unknownHost,
    EAI_AGAIN: unknownHost,
    EAFNOSUPPORT: noSuchFamily,
    EMFILE: tooManyFiles,
    ENFILE: tooManyFiles,
  },
  talk: {
    ECONNRESET: dropped,
    ECONNABORTED: dropped,
    EPIPE: dropped,
    ETIMEDOUT: ['timeout', (at) => `${at} no longer answers: its machine or the network between is gone.`],
    EHOSTUNREACH: ['unreachable', (at) => `The way to ${at} was lost: check the network.`],
    ENETUNREACH: ['unreachable', (at) => `The way to ${at} was lost: check the network.`],
    ENETDOWN: ['unreachable', (at) => `The way to ${at} was lost: check the network.`],
  },
};

const UNKNOWN: Readonly<Record<Doing, Sentence>> = {
  dial: ['unreachable', (at) => `${at} cannot be reached`],
  listen: ['unreachable', (at) => `Cannot listen at ${at}`],
  talk: ['reset', (at) => `The connection to ${at} broke`],
};

/** Turns what the system said while doing something at an address into a TransportError, with that as its cause. */
export function explain(doing: Doing, address: Address, cause: unknown, own?: Sentences): TransportError {
  if (cause instanceof TransportError) return cause;
  const system = systemCode(cause);
  const known = own?.[doing][system] ?? GENERAL[doing][system];
  const [code, sentence] = known ?? UNKNOWN[doing];
  const message = known ? sentence(address) : `${sentence(address)}: the system says ${system || String(cause)}.`;
  return new TransportError(code, message, { by: sideOf(doing, code), cause });
}

function systemCode(cause: unknown): string {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** Who caused it: an open connection breaks at the other end or on the way there, what cannot be opened is refused there or wrong here. */
function sideOf(doing: Doing, code: TransportErrorCode): Side {
  return doing === 'talk' || code === 'refused' || code === 'timeout' ? 'remote' : 'local';
}
