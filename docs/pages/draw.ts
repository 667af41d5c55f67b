/*
 * The pictures of the pages in docs/figures/pages/: a chat beside its ladder, a rejection, and the lab in the middle of
 * a lesson. Real runs in a real browser; the group's ID and the times are those of the run, so they differ each time.
 */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type Stage, setStage } from './stage.js';

const PASSWORD = 'open sesame';

/** The pictures, each with what it shows. */
export const PAGE_PICTURES: Readonly<Record<string, (stage: Stage) => Promise<Page>>> = { chat, rejected, lab };

/** Takes those that are wanted. */
export async function drawPages(folder: string, wanted: (name: string) => boolean, tell: (file: string) => void): Promise<void> {
  const names = Object.keys(PAGE_PICTURES).filter(wanted);
  if (names.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const stage = await setStage();
  try {
    for (const name of names) {
      const page = await PAGE_PICTURES[name]?.(stage);
      await page?.screenshot({ path: `${folder}/${name}.png` });
      tell(`${folder}/${name}.png`);
    }
  } finally {
    await stage.close();
  }
}

/** Three people, each by another transport, in the light; on the right what the server saw of it. */
async function chat(stage: Stage): Promise<Page> {
  const page = await stage.open('/', { viewport: { width: 1440, height: 810 }, colorScheme: 'light' });
  await page.getByRole('button', { name: 'Create a group chat.' }).click();
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Password for the group').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const title = await page.getByRole('heading', { name: /^Group #/ }).textContent();
  const group = title?.replace('Group #', '') as string;
  const people = [
    ['Bar', 'tcp'],
    ['Chen', 'udp'],
  ] as const;
  const lines = new Map(people.map(([name, scheme]) => [name, { name, talker: stage.chat(stage.at.get(scheme) as string) }] as const));
  for (const { name, talker } of lines.values()) {
    for (const answer of ['1', name, group, PASSWORD]) talker.say(answer);
    await page.getByText(name).first().waitFor();
  }
  const says = async (name: string, text: string) => {
    lines.get(name as 'Bar')?.talker.say(text);
    await page.getByText(text).first().waitFor();
  };
  const ownSays = async (text: string) => {
    await page.getByLabel('Your message').fill(text);
    await page.getByLabel('Your message').press('Enter');
    await lines.get('Bar')?.talker.hears(text);
  };
  await ownSays('Hello! I am in a browser.');
  await says('Bar', 'And I am on TCP, in a terminal. שלום!');
  await says('Chen', 'UDP here: every datagram of mine is acknowledged.');
  await ownSays('The ladder on the right shows all three of us.');
  await page
    .getByText(/The ladder on the right/)
    .last()
    .waitFor();
  await settled(page);
  return page;
}

/** The server's own words under the field that they are about. */
async function rejected(stage: Stage): Promise<Page> {
  const page = await stage.open('/', { viewport: { width: 720, height: 640 }, colorScheme: 'light' });
  await page.getByRole('button', { name: 'Connect to a group chat.' }).click();
  await page.getByLabel('Your name').fill('Bar');
  await page.getByLabel('Group ID').fill('7777');
  await page.getByLabel('Password of the group').fill('guess');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('Wrong group ID or password.').first().waitFor();
  return page;
}

/** Lost data, selective repeat: packets on their way, one lost, later ones kept at the receiver. */
async function lab(stage: Stage): Promise<Page> {
  const page = await stage.open('/lab', { viewport: { width: 1440, height: 1000 }, colorScheme: 'light' });
  await page.getByRole('button', { name: 'Lost data', exact: true }).click();
  const sentAgain = page.getByText('1 sent again').first();
  for (let steps = 0; steps < 200 && !(await sentAgain.isVisible()); steps++) await page.keyboard.press('.');
  for (let steps = 0; steps < 3; steps++) await page.keyboard.press('.');
  return page;
}

/** The ladder comes a moment after the chat. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction("document.querySelectorAll('main').length > 0 && document.documentElement.textContent.includes('SAY')");
}
