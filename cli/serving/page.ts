/*
 * The page of a server: the transport that carries it and its chats, its links, and who may see the trace there.
 */
import { isIPv6 } from 'node:net';
import chalk from 'chalk';
import { type Address, formatHostPort, type Transport } from '../../lib/index.js';
import type { TraceHeader } from '../../tracer/trace/trace.js';
import { httpTransport } from '../../transports/http/index.js';
import { UsageError } from '../failure.js';
import { isBeyondLoopback } from './listening.js';
import { answerPage } from './pages/answer-page.js';
import { readPageFiles } from './pages/page-files.js';
import { answerLinks, asksForLinks, pageLinks } from './pages/page-links.js';
import { newTraceToken } from './pages/trace-access.js';
import { answerNoTrace, isTracePath, type TraceStream, traceStream } from './pages/trace-stream.js';

/** What may be said of it on the command line. */
export interface PageOptions {
  /** Its port; 0 takes a free one. */
  readonly gui?: number;
  /** Where it listens. Default 127.0.0.1. */
  readonly guiHost?: string;
  /** Whoever wants to see the trace on it must have it. Default: none on this machine, else one is made. */
  readonly traceToken?: string;
}

/** A page that is to be served. */
export interface Page {
  readonly address: Address;
  readonly transport: Transport;
  /** Shows a trace on it. */
  readonly elsewhere: (header: TraceHeader) => TraceStream;
  /** What tells a person where it is, once its address is resolved. */
  links(resolved: Address): readonly string[];
  /** Ends what is shown. */
  close(): void;
}

/**
 * The page that is asked for, if one is.
 * @throws {UsageError} if what is said of it does not fit
 */
export function pageOf({ gui, guiHost, traceToken }: PageOptions, traced: boolean): Page | undefined {
  if (traceToken !== undefined && (gui === undefined || !traced))
    throw new UsageError('--trace-token guards the ladder on the page: give --gui and --trace, too.');
  if (gui === undefined) {
    if (guiHost !== undefined) throw new UsageError('--gui-host says where the page is: give its port, too, with --gui 8080.');
    return undefined;
  }
  const host = guiHost ?? '127.0.0.1';
  if (!isIPv6(host) && !/^[^\s:/?#@[\]]+$/.test(host))
    throw new UsageError(
      `--gui-host "${host}" is no host: write an address of this machine, its name, or 0.0.0.0; the port stands in --gui.`,
    );
  const address = formatHostPort('http', { host, port: gui });
  const token = traceToken ?? (isBeyondLoopback(address) ? newTraceToken() : undefined);
  const files = readPageFiles();
  const inFragment = token === undefined ? '' : `#trace-token=${token}`;
  let stream: TraceStream | undefined;
  return {
    address,
    transport: httpTransport({
      pages(request, response) {
        if (asksForLinks(request)) return answerLinks(host, request, response);
        if (!isTracePath(request.url)) return answerPage(files, request, response);
        if (stream) stream.answer(request, response);
        else answerNoTrace(request, response);
      },
      allowedHosts: [host],
    }),
    elsewhere(header) {
      stream = traceStream(header, { token });
      return stream;
    },
    links(resolved) {
      const [here, ...others] = pageLinks(resolved);
      return [
        `The page: ${chalk.bold(here)}`,
        ...(traced && token !== undefined ? [`  for the lecturer, with the ladder: ${chalk.bold(`${here}${inFragment}`)}`] : []),
        ...(traced ? [`  its ladder: ${chalk.bold(`${here}ladder${inFragment}`)}`] : []),
        ...others.map((link) => `For others: ${chalk.bold(link)}`),
      ];
    },
    close: () => stream?.close(),
  };
}
