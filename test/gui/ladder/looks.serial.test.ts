/*
 * How the ladder looks in Chromium: names from right to left beside other words, and texts beside short arrows.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient } from '../../../lib/index.js';
import { node } from '../../../transports/node.js';
import { closePiped } from '../../cli/piped.js';
import { needsTool } from '../../tool.js';
import { type RunningBrowser, startBrowser } from '../browser.js';
import { assertAccessible, PASSWORD, servePage } from '../chat-page.js';

const test = suite('the ladder’s looks');
const withChromium = needsTool('chromium') ? test : test.skip;
let browser: RunningBrowser;

test.before(async () => {
  browser = await startBrowser();
});
test.after(async () => {
  await browser.close();
  await closePiped();
});

withChromium('a right-to-left name keeps its distance to both sides, and a text beside a short arrow has the rest of its row', async () => {
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

withChromium('on a phone it is to be seen how the ladder stands, whatever the tools are scrolled to', async () => {
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

test.run();
