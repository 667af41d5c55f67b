/*
 * The lab's page as a person uses it, for tests: by the names that a screen reader would say.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { built } from '../../built.js';

/** The lab as one file. */
export const labFile = join(dirname(dirname(built('cli/main.ts'))), 'lab', 'index.html');
/** Its address. */
export const labLink = pathToFileURL(labFile).href;

/** Chooses a lesson. */
export async function choose(page: Page, lesson: string): Promise<void> {
  await page.getByRole('button', { name: lesson, exact: true }).click();
}

/** Steps so often. */
export async function step(page: Page, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) await page.getByRole('button', { name: 'Step', exact: true }).click();
}

/** Steps until a sentence says that something has happened; at most 300 times. */
export async function stepUntil(page: Page, sentence: RegExp): Promise<void> {
  for (let count = 0; count < 300; count += 1) {
    if (sentence.test(await happened(page))) return;
    await page.keyboard.press('.');
  }
  throw new Error(`After 300 steps nothing said ${sentence}, but: ${await happened(page)}`);
}

/** What happened last. */
export async function happened(page: Page): Promise<string> {
  return (await page.locator('.happened').textContent()) ?? '';
}

/** The time and the number of events, as the page says them. */
export async function clock(page: Page): Promise<string> {
  return (await page.locator('.clock').textContent()) ?? '';
}

/** The events so far, as the page saves them. */
export async function saved(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save events (JSONL)' }).click()]);
  return readFileSync(await download.path(), 'utf8');
}

/** Waits until the page says something of what happened. */
export async function hears(page: Page, text: string): Promise<void> {
  await page.waitForFunction(`document.querySelector('.happened').textContent.includes(${JSON.stringify(text)})`);
}
