/*
 * Answers a browser that asks for a file of the pages. Host, Origin and the security headers are the transport's business
 * (transports/http/server/guard.ts), and in order by now.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PageFile, PageFiles } from './page-files.js';

/** Answers from the index; everything else is 404. */
export function answerPage(files: PageFiles, request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '/' } = request;
  request.resume(); // whatever body there is
  if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405, 'Only GET and HEAD are understood here.', { allow: 'GET, HEAD' });
  const file = files.get(url.split('?', 1)[0] as string);
  if (!file) return refuse(response, 404, 'Nothing is at this path; the chat is at /.');
  response.setHeader('cache-control', file.cacheControl);
  response.setHeader('etag', file.etag);
  response.setHeader('vary', 'accept-encoding');
  if (isKnown(request, file)) {
    response.writeHead(304).end();
    return;
  }
  const zipped = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))/i.test(String(request.headers['accept-encoding'] ?? ''))
    ? file.gzipped
    : undefined;
  const body = zipped ?? file.bytes;
  response.writeHead(200, {
    'content-type': file.contentType,
    'content-length': body.length,
    ...(zipped && { 'content-encoding': 'gzip' }),
  });
  response.end(method === 'HEAD' ? undefined : body);
}

function isKnown({ headers }: IncomingMessage, { etag }: PageFile): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known !== undefined && (known.includes(etag) || known.includes('*'));
}

function refuse(response: ServerResponse, status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): void {
  const body = Buffer.from(`${sentence}\n`);
  response.writeHead(status, {
    ...headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
