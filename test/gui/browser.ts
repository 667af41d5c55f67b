/*
 * Chromium as the tests of the pages drive it: Debian's, through playwright-core. Whatever a page says on its console that
 * is no plain log, and every error that nobody caught, is kept, so that a test can hold that there was none.
 */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { PATIENCE_MS } from '../patience.js';

/** One running browser. */
export interface RunningBrowser {
  readonly browser: Browser;
  /** Opens a page in a profile of its own. */
  open(address: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** A page, and what it complained of. */
export interface OpenPage {
  readonly page: Page;
  /** Warnings and errors of the console, and errors that nobody caught. */
  readonly complaints: readonly string[];
}

/** Starts Chromium; without a sandbox, since CI runs as root. */
export async function startBrowser(): Promise<RunningBrowser> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  return {
    browser,
    async open(address, options) {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(PATIENCE_MS / 2);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(address);
      return { page, complaints };
    },
    close: () => browser.close(),
  };
}
