/*
 * How the chat page looks in Chromium: where one writes is in sight on every screen, as soon as one is in a group.
 */
import * as assert from 'uvu/assert';
import { browserSuite } from './browser-suite.js';
import { assertAccessible, assertNoComplaints, createGroup, servePage } from './chat-page.js';

const { suite, test, browser } = browserSuite('the chat page’s looks');

test('in a new group the message’s input is in sight on a phone and on projectors, with large type and the ladder beside it', async () => {
  const { link } = await servePage({ flags: ['--trace'] });
  for (const [width, height] of [
    [360, 740],
    [1024, 768],
    [1280, 720],
    [1920, 1080],
  ] as const) {
    const opened = await browser.open(link, { viewport: { width, height }, reducedMotion: 'reduce' });
    const { page } = opened;
    const group = await createGroup(page, 'Ada');
    await page.getByText(`Your new group chat is #${group}`).waitFor();
    if (width >= 1280) await page.getByRole('region', { name: 'The ladder' }).waitFor();
    for (const key of ['', 'Alt+p']) {
      if (key) await page.keyboard.press(key);
      const shown = await page.evaluate<{ bottom: number; width: number; messages: number }>(`({
        bottom: document.querySelector('#message').getBoundingClientRect().bottom,
        width: document.documentElement.scrollWidth,
        messages: document.querySelector('.transcript').clientHeight,
      })`);
      const where = `${width}×${height} ${key}`;
      assert.ok(shown.bottom <= height, `${where}: the input ends at ${shown.bottom}`);
      assert.ok(shown.width <= width, `${where}: ${shown.width} px wide`);
      assert.ok(shown.messages >= 90, `${where}: ${shown.messages} px for messages`);
      await assertAccessible(page);
    }
    assertNoComplaints(opened);
    await page.context().close();
  }
});

suite.run();
