/*
 * The chat page in the middle of a conversation: Dana has it open, Bar has it, too, and Noa writes in Hebrew.
 */
import type { Browser, Page } from 'playwright-core';

const PASSWORD = 'secret';

/** Takes Dana's page. */
export async function takeChat(browser: Browser, link: string): Promise<Page> {
  const dana = await open(browser, link);
  await dana.getByRole('button', { name: 'Create a group chat.' }).click();
  await dana.getByLabel('Your name').fill('Dana');
  await dana.getByLabel('Password for the group').fill(PASSWORD);
  await dana.getByRole('button', { name: 'Create', exact: true }).click();
  const group = String(await dana.getByRole('heading', { name: /^Group #/ }).textContent()).replace('Group #', '');
  await dana.getByRole('button', { name: 'Close' }).click();
  const bar = await joined(browser, link, group, 'Bar');
  const noa = await joined(browser, link, group, 'נועה');
  await dana.getByText('נועה joined the group').waitFor();
  for (const [page, text] of [
    [dana, 'Hi friends. Who has read RFC 9293?'],
    [bar, 'Up to the state diagram: https://www.rfc-editor.org/rfc/rfc9293#section-3.3.2'],
    [noa, 'למה צריך TIME-WAIT אם כבר נשלח ACK?'],
    [dana, 'Because that last ACK may be lost, and then the other side sends its FIN again.'],
    [bar, 'Let us see it: I start the ladder, you close your tab.'],
  ] as const) {
    await page.getByLabel('Your message').fill(text);
    await page.getByLabel('Your message').press('Enter');
    await dana.locator('[data-entry] .said', { hasText: text.slice(0, 20) }).waitFor();
  }
  return dana;
}

async function joined(browser: Browser, link: string, group: string, name: string): Promise<Page> {
  const page = await open(browser, `${link}#join=${group}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password of the group').fill(PASSWORD);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('heading', { name: `Group #${group}` }).waitFor();
  return page;
}

async function open(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 620 }, deviceScaleFactor: 1.5, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(link);
  return page;
}
