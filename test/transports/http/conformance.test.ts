/*
 * HTTP passes the whole suite from Node. From a browser: from-a-page.browser.test.ts.
 */
import { http } from '../../../transports/http/index.js';
import { holdToTheContract } from '../suite.js';

holdToTheContract({
  name: 'http',
  transport: http,
  address: () => 'http://127.0.0.1:0',
  floodBytes: 4 * 1024 * 1024,
  timeLimitMs: 60_000,
});
