/*
 * HTTP with the page's files, as `serve --gui` has it, for servers within a test.
 */
import { answerPage } from '../../cli/serving/pages/answer-page.js';
import { readPageFiles } from '../../cli/serving/pages/page-files.js';
import { answerLinks, asksForLinks } from '../../cli/serving/pages/page-links.js';
import { answerNoTrace, isTracePath } from '../../cli/serving/pages/trace-stream.js';
import type { Transport } from '../../lib/index.js';
import { httpTransport } from '../../transports/http/index.js';

/** Makes the transport; `graceMs`: for how long a session without a connection is kept. */
export function withPages(options: { readonly graceMs?: number } = {}): Transport {
  const files = readPageFiles();
  return httpTransport({
    ...options,
    pages(request, response) {
      if (asksForLinks(request)) return answerLinks('127.0.0.1', request, response);
      if (isTracePath(request.url)) return answerNoTrace(request, response);
      answerPage(files, request, response);
    },
  });
}
