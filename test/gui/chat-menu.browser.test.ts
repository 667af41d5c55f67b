/*
 * The chat page's menu and forms in Chromium: every option, every refusal at its field, keys, the link to join.
 */
import * as assert from 'uvu/assert';
import { linksForOthers } from '../../cli/serving/pages/page-links.js';
import { closePiped } from '../cli/piped.js';
import type { OpenPage } from './browser.js';
import { browserSuite } from './browser-suite.js';
import {
  askToJoin,
  assertAccessible,
  assertNoComplaints,
  createGroup,
  joinGroup,
  PASSWORD,
  type PageServer,
  said,
  saidInAll,
  say,
  servePage,
  titleHolds,
} from './chat-page.js';

const { suite, test, browser } = browserSuite('the chat page: menu and forms');
let server: PageServer;

suite.before.each(async () => {
  server = await servePage();
});

const member = (path = ''): Promise<OpenPage> => browser.open(`${server.link}${path}`);

test('option 2 creates a group and tells its ID; option 1 connects to it; what one says the other hears', async () => {
  const dana = await member();
  const bar = await member();
  await dana.page.getByRole('heading', { name: 'Hello client, please choose an option:' }).waitFor();
  await assertAccessible(dana.page);
  const group = await createGroup(dana.page, 'Dana');
  await dana.page.getByText(`Your new group chat is #${group}`).waitFor();
  await server.serve.until(`Dana created group ${group}`);
  await joinGroup(bar.page, 'Bar', group);
  await dana.page.getByText('Bar joined the group').waitFor();
  await dana.page.getByRole('heading', { name: 'Members (2)' }).waitFor();

  await say(dana.page, 'Hi friends');
  await bar.page.getByText('Hi friends', { exact: true }).waitFor();
  await say(bar.page, 'Hi Dana');
  assert.equal(await saidInAll(dana.page, 2), ['Hi friends', 'Hi Dana']);
  assert.equal(await saidInAll(bar.page, 2), ['Hi friends', 'Hi Dana']);
  assert.equal(await dana.page.locator('.own-state').allTextContents(), ['✓ accepted']);
  await assertAccessible(dana.page);

  await bar.page.getByRole('button', { name: 'Leave the group' }).click();
  await dana.page.getByText('Bar left the group').waitFor();
  await dana.page.getByRole('heading', { name: 'Members (1)' }).waitFor();
  await bar.page.getByRole('heading', { name: 'Hello client, please choose an option:' }).waitFor();
  assertNoComplaints(dana);
  assertNoComplaints(bar);
});

test('option 3 closes the connection, and the server keeps listening', async () => {
  const one = await member();
  await server.serve.until('came from');
  await one.page.getByRole('button', { name: 'Exit the server.' }).click();
  await one.page.getByRole('heading', { name: 'Goodbye.' }).waitFor();
  await server.serve.until('closed: exit');
  await assertAccessible(one.page);
  await one.page.getByRole('button', { name: 'Connect again' }).click();
  await createGroup(one.page, 'Dana');
  assertNoComplaints(one);
});

test('by keys alone: 1, 2 and 3 choose, Esc goes back, Enter sends, Shift+Enter begins a line', async () => {
  const { page, complaints } = await member();
  await page.getByRole('heading', { name: 'Hello client, please choose an option:' }).waitFor();
  await page.keyboard.press('1');
  await page.getByLabel('Group ID').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Hello client, please choose an option:' }).waitFor();
  await page.keyboard.press('2');
  await page.getByRole('heading', { name: 'Create a group chat' }).waitFor();
  await page.keyboard.type('Dana');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Group #/ }).waitFor();
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  assert.equal(await saidInAll(page, 1), ['one\ntwo']);
  assert.is(await page.locator('.sender').textContent(), 'Dana'); // the 2 that opened the form is no part of the name
  assert.equal(complaints, []);
});

test('each refusal of the server stands at the field that it is about', async () => {
  const dana = await member();
  const group = await createGroup(dana.page, 'Dana');
  for (const [answers, field, sentence] of [
    [['', group, PASSWORD], 'Your name', 'A name cannot be empty.'],
    [['a'.repeat(33), group, PASSWORD], 'Your name', 'A name has at most 32 characters.'],
    [['Dana: hi', group, PASSWORD], 'Your name', 'A name cannot contain a colon.'],
    [['Bar\u202e', group, PASSWORD], 'Your name', 'A name cannot contain control characters.'],
    [['\u3164', group, PASSWORD], 'Your name', 'A name needs at least one visible character.'],
    [['Bar', group, ''], 'Password of the group', 'A password cannot be empty.'],
    [['Bar', group, 'x'.repeat(129)], 'Password of the group', 'A password has at most 128 characters.'],
    [['Bar', group, 'wrong'], 'Group ID', 'Wrong group ID or password.'],
    [['Bar', '1', PASSWORD], 'Group ID', 'Wrong group ID or password.'],
    [['dana', group, PASSWORD], 'Your name', 'Somebody in this group has that name already; choose another.'],
  ] as const) {
    const { page, complaints } = await member();
    const [name, id, password] = answers;
    await askToJoin(page, name, id, password);
    await page.getByText(sentence).waitFor();
    const input = page.getByLabel(field);
    assert.is(await input.getAttribute('aria-invalid'), 'true', sentence);
    const describedBy = (await input.getAttribute('aria-describedby')) as string;
    assert.ok(describedBy.split(' ').some((id) => id.endsWith('-error')));
    assert.equal(complaints, []);
  }
  assertNoComplaints(dana);
});

test('a wrong password, then the right one; three wrong ones end the connection with a sentence, and one may go on', async () => {
  const dana = await member();
  const group = await createGroup(dana.page, 'Dana');
  const bar = await member();
  await askToJoin(bar.page, 'Bar', group, 'wrong');
  await bar.page.getByText('Wrong group ID or password.').waitFor();
  await assertAccessible(bar.page);
  for (const _ of [2, 3]) {
    await bar.page.getByLabel('Password of the group').fill('wrong again');
    await bar.page.getByRole('button', { name: 'Connect', exact: true }).click();
  }
  await bar.page.getByText('Too many wrong answers').waitFor();
  await bar.page.getByLabel('Password of the group').fill(PASSWORD);
  await bar.page.getByRole('button', { name: 'Connect', exact: true }).click();
  await bar.page.getByRole('heading', { name: `Group #${group}` }).waitFor();
  await dana.page.getByText('Bar joined the group').waitFor();
  assertNoComplaints(bar);
});

test('no room for another group, and a full server: a sentence each', async () => {
  await closePiped();
  server = await servePage({ flags: ['--max-groups', '1', '--max-connections', '2'] });
  const dana = await member();
  await createGroup(dana.page, 'Dana');
  const bar = await member();
  await bar.page.getByRole('button', { name: 'Create a group chat.' }).click();
  await bar.page.getByLabel('Your name').fill('Bar');
  await bar.page.getByLabel('Password for the group').fill(PASSWORD);
  await bar.page.getByRole('button', { name: 'Create', exact: true }).click();
  await bar.page.getByText('The server has no room for another group').waitFor();
  const third = await member();
  await third.page.getByText('The server is full: try again later.').waitFor();
  assertNoComplaints(bar);
  assertNoComplaints(third);
});

test('a link to join brings the group’s ID, and the address then holds it no more', async () => {
  const dana = await member();
  await dana.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const group = await createGroup(dana.page, 'Dana');
  await dana.page.getByRole('button', { name: 'Copy a link to join' }).click();
  const link = await dana.page.evaluate('navigator.clipboard.readText()');
  assert.is(link, `${server.link}#join=${group}`);
  await dana.page.getByRole('main').getByText('This link works on this machine only; start the server with --gui-host').waitFor();
  const { page, complaints } = await browser.open(String(link));
  assert.is(await page.getByLabel('Group ID').inputValue(), group);
  assert.is(page.url(), server.link);
  await page.getByLabel('Your name').fill('Bar');
  await page.getByLabel('Password of the group').fill(PASSWORD);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await dana.page.getByText('Bar joined the group').waitFor();
  assert.equal(complaints, []);
});

test('where there is no Clipboard API, as in a classroom’s network, the older way copies', async () => {
  const dana = await member();
  const group = await createGroup(dana.page, 'Dana');
  await dana.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
  await dana.page.getByRole('button', { name: 'Copy the ID' }).click();
  await dana.page.getByRole('button', { name: 'Copied.' }).waitFor();
  await dana.page.getByLabel('Your message').focus();
  await dana.page.keyboard.press('Control+V');
  assert.is(await dana.page.getByLabel('Your message').inputValue(), group);
  await dana.page.evaluate('document.execCommand = () => false');
  await dana.page.getByRole('button', { name: 'Copy a link to join' }).click();
  const byHand = dana.page.getByLabel('select the text and copy it by hand');
  assert.is(await byHand.inputValue(), `${server.link}#join=${group}`);
  assert.is(await byHand.evaluate('document.activeElement.value.slice(document.activeElement.selectionStart)'), await byHand.inputValue());
  await assertAccessible(dana.page);
  assertNoComplaints(dana);
});

test('a server that others reach: the link to join has an address that they can open', async () => {
  const { link } = await servePage({ flags: ['--gui-host', '0.0.0.0'] });
  const { port } = new URL(link);
  const [forOthers] = linksForOthers(`http://0.0.0.0:${port}`);
  const dana = await browser.open(link);
  await dana.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const asked = dana.page.waitForResponse(`${link}links.json`);
  const group = await createGroup(dana.page, 'Dana');
  await (await asked).finished();
  await dana.page.getByRole('button', { name: 'Copy a link to join' }).click();
  await dana.page.getByRole('button', { name: 'Copied.' }).waitFor();
  assert.is(await dana.page.evaluate('navigator.clipboard.readText()'), `${forOthers ?? link}#join=${group}`);
  // a machine without a network has no such address, and says that
  assert.is(await dana.page.getByRole('main').getByText('works on this machine only').count(), forOthers === undefined ? 1 : 0);
  if (forOthers !== undefined) {
    const bar = await browser.open(`${forOthers}#join=${group}`);
    assert.is(await bar.page.getByLabel('Group ID').inputValue(), group);
    assertNoComplaints(bar, /^The Cross-Origin-Opener-Policy header has been ignored/); // Chromium says so wherever http: is not loopback
  }
  assertNoComplaints(dana);
});

test('what came while nobody looked is counted in the title, and a line stands where it begins', async () => {
  const dana = await member();
  const group = await createGroup(dana.page, 'Dana');
  const bar = await member();
  await joinGroup(bar.page, 'Bar', group);
  await say(bar.page, 'before');
  await saidInAll(dana.page, 1);
  // a headless page is never hidden: it is told that it is
  const turn = (state: 'hidden' | 'visible') =>
    dana.page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));`);
  await turn('hidden');
  await say(bar.page, 'first');
  await say(bar.page, 'second');
  await titleHolds(dana.page, `(2) #${group}`);
  await turn('visible');
  assert.is(await dana.page.title(), `#${group} Chatwire`);
  const row = dana.page.locator('li', { hasText: 'New since you looked away' });
  assert.match(String(await row.textContent()), 'first');
  assert.equal(await said(dana.page), ['before', 'first', 'second']);
  assertNoComplaints(dana);
});

test('members stand beside the messages where there is room for both, and else behind a button; large type needs more of it', async () => {
  const { page } = await browser.open(server.link, { viewport: { width: 1024, height: 768 } });
  await createGroup(page, 'Dana');
  const [members, button] = [page.getByRole('complementary'), page.getByRole('button', { name: /^Members/ })];
  await members.waitFor();
  await button.waitFor({ state: 'hidden' });
  await page.keyboard.press('Alt+p');
  await members.waitFor({ state: 'hidden' });
  await button.click();
  await members.waitFor();
});

test('theme and size by a key, and kept; no page is wider than a phone', async () => {
  const { page, complaints } = await browser.open(server.link, { viewport: { width: 360, height: 640 } });
  const look = () => page.evaluate('({ ...document.documentElement.dataset })');
  await page.getByRole('heading', { name: 'Hello client, please choose an option:' }).waitFor();
  assert.equal(await look(), {});
  await page.keyboard.press('Alt+t');
  await page.keyboard.press('Alt+t');
  await page.keyboard.press('Alt+p');
  assert.equal(await look(), { theme: 'dark', size: 'projector' });
  await page.reload();
  assert.equal(await look(), { theme: 'dark', size: 'projector' });
  const isTooWide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth');
  assert.is(await isTooWide(), false);
  await page.keyboard.press('Alt+p');
  await createGroup(page, 'W'.repeat(32));
  await say(page, 'W'.repeat(4000));
  await saidInAll(page, 1);
  assert.is(await isTooWide(), false);
  await assertAccessible(page);
  assert.equal(complaints, []);
});

suite.run();
