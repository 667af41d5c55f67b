/*
 * The page: the conformance suite's cases that need no listener of their own, over the transport that pages use.
 */
import { conformance } from '../../../../transports/conformance/index.js';
import { http } from '../../../../transports/http/browser.js';
import { remoteListen } from './page-side.js';

/** What a test in Node calls. */
export interface ConformancePage {
  names(): readonly string[];
  run(name: string): Promise<void>;
  /** The code that a dial fails with. */
  dialFails(address: string): Promise<string>;
}

const { origin, hash } = (globalThis as unknown as { location: { origin: string; hash: string } }).location;
const listen = await remoteListen(hash.slice(1), origin);
const cases = conformance({
  name: 'http in a browser',
  transport: { ...http, listen },
  address: () => origin,
  largestBytes: 4 * 1024 * 1024,
  floodBytes: 2 * 1024 * 1024,
  timeLimitMs: 60_000,
  resources: () => new Map(),
});

const page: ConformancePage = {
  names: () => cases.map(({ name }) => name),
  run: async (name) => {
    await cases.find((one) => one.name === name)?.run();
  },
  dialFails: (address) =>
    http.dial(address).then(
      () => 'nothing',
      (error: { code: string }) => error.code,
    ),
};
Object.assign(globalThis, { page });
