/*
 * A suite of tests with one Chromium for all of them. The pages that a test has opened and the programs that it has
 * started are closed behind it.
 */
import { suite as uvuSuite } from 'uvu';
import { closePiped } from '../cli/piped.js';
import { needsTool } from '../tool.js';
import { type RunningBrowser, startBrowser } from './browser.js';
import { closePages } from './chat-page.js';

/** Begins a suite; its tests are skipped where Chromium is missing, or another program that they need. */
export function browserSuite(name: string, ...alsoNeeded: readonly string[]) {
  const suite = uvuSuite(name);
  const hasAll = ['chromium', ...alsoNeeded].every((tool) => needsTool(tool));
  let running: RunningBrowser | undefined;
  const started = (): RunningBrowser => {
    if (!running) throw new Error('The browser is there once the tests run.');
    return running;
  };
  const browser: RunningBrowser = {
    get browser() {
      return started().browser;
    },
    open: (address, options) => started().open(address, options),
    close: () => started().close(),
  };
  if (hasAll) {
    suite.before(async () => {
      running = await startBrowser();
    });
    suite.after.each(async () => {
      await closePages(browser);
      await closePiped();
    });
    suite.after(() => browser.close());
  }
  return { suite, test: hasAll ? suite : suite.skip, browser };
}
