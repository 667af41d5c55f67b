/*
 * The lab's page in the midst of a lesson: a segment was lost, and is on its way again.
 */
import type { Browser, Page } from 'playwright-core';

/** Steps into the lesson, until the repeated segment flies. */
const STEPS = 14;

/** Opens the lab, and brings it there. */
export async function takeLab(browser: Browser, link: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${link}lab`);
  await page.getByRole('button', { name: 'Lost data', exact: true }).click();
  for (let count = 0; count < STEPS; count += 1) await page.keyboard.press('.');
  return page;
}
