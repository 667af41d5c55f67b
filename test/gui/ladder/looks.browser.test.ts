/*
 * How the ladder looks in Chromium: names from right to left within and beside other words, texts beside short
 * arrows, and bytes beside their fields.
 */
import * as assert from 'uvu/assert';
import { ChatClient } from '../../../lib/index.js';
import { node } from '../../../transports/node.js';
import { browserSuite } from '../browser-suite.js';
import { assertAccessible, assertNoComplaints, PASSWORD, servePage } from '../chat-page.js';

/** Where a Hebrew name in a row's words ends, to the right, and where the comma behind it begins. */
const ENDS_OF_NAME = `(() => {
  const row = [...document.querySelectorAll('.ladder-row')].find(({ textContent }) => textContent.includes('JOINED group'));
  const boxOf = (wanted) => {
    const texts = document.createTreeWalker(row.querySelector('.ladder-said'), NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const at = text.data.indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + wanted.length);
      return range.getBoundingClientRect();
    }
  };
  return { name: boxOf('דנה').right, after: boxOf(', 1 member').left };
})()`;

const { suite, test, browser } = browserSuite('the ladder’s looks');

test('a right-to-left name keeps its distance to both sides, and a text beside a short arrow has the rest of its row', async () => {
  const { link, at } = await servePage({ flags: ['--trace'] });
  const { page } = await browser.open(`${link}ladder`, { viewport: { width: 360, height: 740 } });
  const said = 'said by somebody whose arrow is short, with the whole row beside it to say it in';
  const [ada, bob, dana] = [0, 1, 2].map(() => new ChatClient(node, at.tcp as string, { reconnect: false })) as [
    ChatClient,
    ChatClient,
    ChatClient,
  ];
  const { group } = await ada.create({ name: 'Ada', password: PASSWORD });
  await bob.join({ name: 'Bob', group, password: PASSWORD });
  await dana.join({ name: 'דנה כהן', group, password: PASSWORD });
  await dana.say('שלום');
  const shared = page.getByRole('option', { name: /SAY .*דנה כהן/ }).first();
  await shared.waitFor();
  const gaps = await shared.evaluate((row) => {
    type Box = { readonly left: number; readonly right: number };
    const pieces = (row as unknown as { querySelectorAll(of: string): Iterable<{ getBoundingClientRect(): Box }> }).querySelectorAll('bdi');
    const boxes = [...pieces].map((piece) => piece.getBoundingClientRect());
    return boxes.slice(1).map(({ left }, i) => left - (boxes[i] as Box).right);
  });
  assert.ok(gaps.length >= 2 && gaps.every((gap) => gap > 2 && gap < 10), `gaps of ${gaps.join(', ')} px`);

  await page.setViewportSize({ width: 1280, height: 740 });
  await ada.say(said);
  const short = page.getByRole('option', { name: new RegExp(`SAY .*${said}`) }).locator('.ladder-said');
  assert.ok(
    await short.evaluate((text) => {
      const { scrollWidth, clientWidth } = text as unknown as { readonly scrollWidth: number; readonly clientWidth: number };
      return scrollWidth <= clientWidth;
    }),
    'nothing of it is cut off',
  );
  await Promise.all([ada, bob, dana].map((member) => member.exit()));
});

test('on a phone it is to be seen how the ladder stands, whatever the tools are scrolled to', async () => {
  const { link } = await servePage({ flags: ['--trace'] });
  const { page } = await browser.open(`${link}ladder`, { viewport: { width: 360, height: 740 } });
  const status = page.locator('.ladder-status', { hasText: 'live' });
  await status.waitFor();
  for (const button of ['Pause', 'Save SVG']) {
    await page.getByRole('button', { name: button }).scrollIntoViewIfNeeded();
    const { x, width } = (await status.boundingBox()) ?? { x: -1, width: 0 };
    assert.ok(x >= 0 && x + width <= 360, `from ${x} to ${x + width} px at ${button}`);
  }
  await assertAccessible(page);
});

test('a right-to-left name within words leaves them in their order, and a line break is spelled out', async () => {
  const { link, at } = await servePage({ flags: ['--trace'] });
  const { page } = await browser.open(`${link}ladder`, { viewport: { width: 1280, height: 740 } });
  const dana = new ChatClient(node, at.tcp as string, { reconnect: false });
  await dana.create({ name: 'דנה', password: PASSWORD });
  await dana.say('line one\nline two');
  await page.getByRole('option', { name: 'SAY message 1: line one\\nline two' }).waitFor();
  const joined = page.getByRole('option', { name: /JOINED/ }).first();
  await joined.waitFor();
  const { name, after } = await page.evaluate<{ name: number; after: number }>(ENDS_OF_NAME);
  assert.ok(after >= name, `what follows the name begins at ${after}, the name ends at ${name}`);
  await dana.exit();
});

test('a field and its bytes light up together, by pointer from either and by keyboard; letters stand in one column', async () => {
  const { link, at } = await servePage({ flags: ['--trace'] });
  const opened = await browser.open(`${link}ladder`, { viewport: { width: 1280, height: 740 }, reducedMotion: 'reduce' });
  const { page } = opened;
  const ada = new ChatClient(node, at.tcp as string, { reconnect: false });
  await ada.create({ name: 'Ada', password: PASSWORD });
  await page
    .getByRole('option', { name: /ANSWER .*Ada/ })
    .first()
    .click();
  const fields = page.getByRole('grid', { name: 'Fields' });
  const lit = () => page.evaluate<string[]>(`[...document.querySelectorAll('.is-lit')].map((one) => one.textContent)`);

  await fields.locator('tr[tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  assert.match((await lit()).join(' '), /^00 \. 1flags/, 'the byte, its letter and the field');
  await page.keyboard.press('End');
  const [row = ''] = (await lit()).slice(-1);
  assert.match(row, /Ada/);
  await page.keyboard.press('Tab');
  assert.equal(await lit(), [], 'the focus has gone on');
  await page.keyboard.press('Shift+Tab');
  assert.is((await lit()).at(-1), row, 'and comes back to the same field');
  await page.keyboard.press('Home');
  await page.locator('.bytes-dump > div').first().locator('span:not(.bytes-offset)').first().hover();
  assert.match((await lit()).at(-1) ?? '', /type/);

  const columns = await page.evaluate<number[]>(
    `[...document.querySelectorAll('.bytes-text')].map((text) => Math.round(text.getBoundingClientRect().left))`,
  );
  assert.ok(columns.length > 1);
  assert.is(new Set(columns).size, 1, columns.join(' '));
  await assertAccessible(page);
  assertNoComplaints(opened);
  await ada.exit();
});

suite.run();
