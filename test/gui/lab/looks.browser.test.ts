/*
 * How the lab's page looks and behaves for everybody: axe in both themes, no sideways scroll on any screen, on a
 * projector's all that one looks at in sight together, no motion for
 * those who want none, and nothing from elsewhere, served under its Content-Security-Policy or opened as a file.
 */
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { strings } from '../../../gui/strings.js';
import { RUN_DEFAULTS, Run } from '../../../lab/run/index.js';
import { browserSuite } from '../browser-suite.js';
import { assertAccessible, assertNoComplaints, servePage } from '../chat-page.js';
import { choose, happened, hears, labFile, labLink, step, stepUntil } from './lab-page.js';

/** What of the picture, the windows and the plots is not wholly in sight, or is below the player; and how high the picture is. */
const IN_SIGHT = `(() => {
  const boxOf = (part) => part.getBoundingClientRect();
  const bar = boxOf(document.querySelector('.play-bar'));
  const parts = [...document.querySelectorAll('.stage-picture, .lab-ends .window, .plot-frame'), document.querySelector('.play-buttons')];
  return {
    hidden: parts.filter((part) => {
      const { top, bottom } = boxOf(part);
      return top < 0 || bottom > (part.closest('.play-bar') ? innerHeight : bar.top);
    }).map((part) => part.className + ' ' + Math.round(boxOf(part).top) + ' to ' + Math.round(boxOf(part).bottom) + ', player ' + Math.round(bar.top)),
    stageShare: boxOf(document.querySelector('.stage-picture')).height / innerHeight,
  };
})()`;

const { suite, test, browser } = browserSuite('the lab’s looks');

test('axe finds nothing serious, in both themes: at the beginning, in each lesson’s midst, and with everything open', async () => {
  const opened = await browser.open(labLink, { reducedMotion: 'reduce' }); // colours on their way from one to the other are neither
  const { page } = opened;
  await assertAccessible(page);
  for (const lesson of ['Lost data', 'Slow start', 'Forged SYN']) {
    await choose(page, lesson);
    await step(page, 20);
    await assertAccessible(page);
  }
  await page.evaluate(`
    location.hash = '#window=0&do=kill.5.440&loss=0';
    for (const details of document.querySelectorAll('details')) details.open = true;
  `);
  await stepUntil(page, /sends DATA 1\./);
  await page.getByLabel('Rate (kbit/s)').fill('-1');
  await page.getByLabel('Rate (kbit/s)').press('Enter');
  await page.getByText('write a number from 8').waitFor();
  await assertAccessible(page);
  assertNoComplaints(opened);
});

for (const width of [360, 1024, 1920]) {
  test(`${width} px: no sideways scroll, with normal type and for a projector`, async () => {
    const opened = await browser.open(labLink, { viewport: { width, height: width === 360 ? 780 : 1080 } });
    const { page } = opened;
    await choose(page, 'Slow start');
    await step(page, 60);
    for (const key of ['', 'Alt+p']) {
      if (key) await page.keyboard.press(key);
      const scrollWidth = await page.evaluate<number>('document.documentElement.scrollWidth');
      assert.ok(scrollWidth <= width, `${scrollWidth} px wide${key && ', for a projector'}`);
    }
    assertNoComplaints(opened);
  });
}

for (const [width, height] of [
  [1024, 768],
  [1280, 720],
  [1920, 1080],
] as const) {
  test(`${width}×${height}: picture, windows and plots are in sight together, above the player, for a projector, too`, async () => {
    const opened = await browser.open(labLink, { viewport: { width, height } });
    const { page } = opened;
    for (const key of ['', 'Alt+p']) {
      if (key) await page.keyboard.press(key);
      for (const lesson of Object.values(strings.lab.lesson).map(([name]) => name)) {
        await choose(page, lesson);
        for (let count = 0; count < 12; count += 1) await page.keyboard.press('.');
        const { hidden, stageShare } = await page.evaluate<{ hidden: string[]; stageShare: number }>(IN_SIGHT);
        assert.equal(hidden, [], `${lesson} ${key}`);
        assert.ok(stageShare > 0.14, `${lesson} ${key}: the picture has ${Math.round(100 * stageShare)}% of the height`);
      }
    }
    assertNoComplaints(opened);
  });
}

test('names of packets do not touch each other, with large type neither', async () => {
  const { page } = await browser.open(`${labLink}#loss=0&window=30&kbit=2000`, { viewport: { width: 1920, height: 1080 } });
  for (const key of ['', 'Alt+p']) {
    if (key) await page.keyboard.press(key);
    await step(page, 60);
    const touching = await page.evaluate<string[]>(`
      [...document.querySelectorAll('.stage .name')].flatMap((one, i, all) => {
        const [here, next] = [one, all.slice(i + 1).find((name) => name.getAttribute('y') === one.getAttribute('y'))].map((name) => name?.getBoundingClientRect());
        return next && here.right > next.left ? [one.textContent + ' over ' + Math.round(here.right - next.left)] : [];
      })`);
    assert.equal(touching, [], key);
  }
});

test('reduced motion: what is shown is always an event, never a packet between two', async () => {
  const opened = await browser.open(`${labLink}#loss=0`, { reducedMotion: 'reduce' });
  const { page } = opened;
  await page.evaluate(`
    window.times = [];
    const shown = document.querySelector('.clock');
    new MutationObserver(() => window.times.push(shown.textContent)).observe(shown, { characterData: true, subtree: true, childList: true });
  `);
  await page.getByLabel('Speed').selectOption('0.2');
  await page.getByRole('button', { name: 'Play' }).click();
  await hears(page, 'DATA');
  await page.getByRole('button', { name: 'Pause' }).click();
  const times = await page.evaluate<string[]>('window.times');
  const run = new Run({ ...RUN_DEFAULTS, loss: 0 });
  run.make(200);
  const known = new Set(run.events.map(({ at }) => at));
  assert.ok(times.length > 1);
  for (const time of times) assert.ok(known.has(Number.parseFloat(time)), `${time} is when something happens`);
  assertNoComplaints(opened);
});

test('as a file it asks for nothing else', async () => {
  const asked: string[] = [];
  const { page, complaints } = await browser.open('about:blank');
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(labLink);
  await step(page, 3);
  assert.equal(
    asked.filter((address) => !address.startsWith('data:')),
    [labLink],
  );
  assert.equal(complaints, []);
  assert.not.match(readFileSync(labFile, 'utf8'), /<script[^>]*\ssrc=|<link[^>]*stylesheet/);
});

test('served by chatwire serve --gui at /lab, under its Content-Security-Policy', async () => {
  const server = await servePage();
  const opened = await browser.open(`${server.link}lab`);
  const { page } = opened;
  await choose(page, 'Forged SYN');
  await step(page, 10);
  assert.ok((await happened(page)).length > 0);
  assert.is(await page.getByRole('link', { name: 'Chat' }).getAttribute('href'), '/');
  assertNoComplaints(opened);
});

suite.run();
