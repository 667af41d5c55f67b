/*
 * The chat page as a person uses it, for tests: by the names that a screen reader would say.
 */
import axe, { type AxeResults } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { Piped } from '../cli/piped.js';
import type { OpenPage, RunningBrowser } from './browser.js';

/** The password of every group in these tests. */
export const PASSWORD = 'open sesame';

/** `chatwire serve --gui` as a program. */
export interface PageServer {
  readonly serve: Piped;
  /** The page's link, with a `/` at its end. */
  readonly link: string;
  /** Where it listens beside: by scheme, `text+tcp` for the text door. */
  readonly at: Readonly<Record<string, string>>;
}

/** Starts a server with a page; without `port` at a free one. */
export async function servePage({ port = 0, listen = ['tcp://127.0.0.1:0'], flags = [] }: ServeSettings = {}): Promise<PageServer> {
  const serve = new Piped(['serve', '--gui', String(port), ...listen.flatMap((address) => ['-l', address]), ...flags]);
  const shown = await serve.until('What happens:');
  const at = Object.fromEntries([...shown.matchAll(/^ {2}(([\w+]+):\S+)\s+join:/gm)].map(([, address, scheme]) => [scheme, address]));
  return { serve, link: /The page: (\S+)/.exec(shown)?.[1] as string, at: at as Record<string, string> };
}

interface ServeSettings {
  readonly port?: number;
  readonly listen?: readonly string[];
  readonly flags?: readonly string[];
}

/** Chooses option 2, and gives the new group's ID. */
export async function createGroup(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Create a group chat.' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password for the group').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const title = await page.getByRole('heading', { name: /^Group #/ }).textContent();
  return title?.replace('Group #', '') as string;
}

/** Chooses option 1, and does not wait for what comes of it. */
export async function askToJoin(page: Page, name: string, group: string, password = PASSWORD): Promise<void> {
  await page.getByRole('button', { name: 'Connect to a group chat.' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Group ID').fill(group);
  await page.getByLabel('Password of the group').fill(password);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** Chooses option 1, and gets in. */
export async function joinGroup(page: Page, name: string, group: string): Promise<void> {
  await askToJoin(page, name, group);
  await page.getByRole('heading', { name: `Group #${group}` }).waitFor();
}

/** Says something, by the keyboard. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your message').fill(text);
  await page.getByLabel('Your message').press('Enter');
}

/** What stands in the transcript: all that was said, the own included, in order. */
export function said(page: Page): Promise<readonly string[]> {
  return page.locator('[data-entry] .said').allTextContents();
}

/** Waits until so many messages stand there, none of them on its way. */
export async function saidInAll(page: Page, count: number): Promise<readonly string[]> {
  if (count > 0) {
    await page
      .locator('[data-entry] .said')
      .nth(count - 1)
      .waitFor();
  }
  await page.locator('.pending').waitFor({ state: 'detached' });
  return said(page);
}

/** What an element's style has come to. */
export function styleOf(element: Locator, property: string): Promise<string> {
  return element.evaluate((each, name) => {
    const browser = globalThis as unknown as { getComputedStyle(of: unknown): { getPropertyValue(name: string): string } };
    return browser.getComputedStyle(each).getPropertyValue(name);
  }, property);
}

/** Closes every page that a test has opened. */
export async function closePages({ browser }: RunningBrowser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

/** Waits until the tab's title holds a text. */
export async function titleHolds(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => (globalThis as unknown as { document: { title: string } }).document.title.includes(wanted), text);
}

/** Holds that axe finds nothing serious on the page as it is, in light and in dark. */
export async function assertAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }); // a colour on its way to another has no contrast to measure
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    const found = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    assert.equal(found, [], `axe in ${colorScheme}`);
  }
}

/** Holds that a page had nothing to complain of; `but` is what a test itself has caused. */
export function assertNoComplaints({ complaints }: OpenPage, but?: RegExp): void {
  assert.equal(
    complaints.filter((complaint) => !but?.test(complaint)),
    [],
  );
}
