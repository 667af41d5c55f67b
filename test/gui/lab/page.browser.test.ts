/*
 * The lab's page in Chromium, as the one file that opens without a server: lessons, play and steps, packets killed by
 * click and by key, the address, the events that Node has, too.
 */
import * as assert from 'uvu/assert';
import { fromHash, toHash } from '../../../gui/lab/address.js';
import { strings } from '../../../gui/strings.js';
import { PRESETS, type PresetName, Run, toJsonLines } from '../../../lab/run/index.js';
import type { OpenPage } from '../browser.js';
import { browserSuite } from '../browser-suite.js';
import { assertNoComplaints } from '../chat-page.js';
import { choose, clock, happened, hears, labLink, saved, step, stepUntil } from './lab-page.js';

const { suite, test, browser } = browserSuite('the lab’s page');

/** Opens the lab, has something done, and holds that nothing was complained of. */
async function inLab(hash: string, does: (opened: OpenPage) => Promise<void>): Promise<void> {
  const opened = await browser.open(`${labLink}${hash}`, { viewport: { width: 1280, height: 900 } });
  await does(opened);
  assertNoComplaints(opened);
  await opened.page.context().close();
}

/** The events of a run that the address names, as Node has them; as many as the page has saved. */
function events(hash: string, like: string): string {
  const { settings, interventions } = fromHash(hash);
  const run = new Run(settings, interventions);
  const count = like.split('\n').length - 2;
  run.make(count);
  return toJsonLines(settings, interventions, run.events.slice(0, count));
}

for (const [name, { settings, interventions }] of Object.entries(PRESETS)) {
  const [title, lookAt] = strings.lab.lesson[name as PresetName];
  test(`${title}: says what to look at, and has the events that Node has`, () =>
    inLab('', async ({ page }) => {
      await choose(page, title);
      assert.ok((await page.locator('.look-at').textContent())?.includes(lookAt));
      for (let count = 0; count < 60; count += 1) await page.keyboard.press('.');
      const trace = await saved(page);
      assert.ok(trace.split('\n').length > 30);
      assert.is(trace, events(toHash(settings, interventions), trace));
    }));
}

test('step, back and restart go from event to event, both ways the same', () =>
  inLab('', async ({ page }) => {
    const seen: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      seen.push(`${await clock(page)} ${await happened(page)}`);
      await step(page, 1);
    }
    for (const was of seen.toReversed()) {
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      assert.is(`${await clock(page)} ${await happened(page)}`, was);
    }
    await step(page, 5);
    await page.getByRole('button', { name: 'Restart' }).click();
    assert.is(`${await clock(page)} ${await happened(page)}`, seen[0]);
  }));

test('play lets time pass, pause stops it, and the end of a run is told', () =>
  inLab('#segments=1&loss=0', async ({ page }) => {
    await page.getByRole('button', { name: 'Play' }).click();
    await hears(page, 'CONNECT');
    await page.getByRole('button', { name: 'Pause' }).click();
    const stopped = await clock(page);
    assert.is(await clock(page), stopped);
    await page.getByLabel('Speed').selectOption('5');
    await page.getByRole('button', { name: 'Play' }).click();
    await hears(page, 'The run is over');
    await page.getByRole('button', { name: 'Play' }).waitFor();
  }));

test('from the end of a run one goes back in it, and on again', () =>
  inLab('#segments=1&loss=0', async ({ page }) => {
    await stepUntil(page, /The run is over/);
    const over = `${await clock(page)} ${await happened(page)}`;
    const forward = page.getByRole('button', { name: 'Step', exact: true });
    assert.ok(await forward.isDisabled());
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    assert.not.match(await happened(page), 'The run is over');
    await forward.click();
    assert.is(`${await clock(page)} ${await happened(page)}`, over);
  }));

test('the picture of a run that is over has its last packets, although timers went on for long', () =>
  inLab('', async ({ page }) => {
    await choose(page, 'Forged SYN');
    await stepUntil(page, /sends CLOSE/);
    await page.getByLabel('Speed').selectOption('0.5');
    await page.getByRole('button', { name: 'Play' }).click();
    await hears(page, 'The run is over');
    assert.match(await clock(page), /^1379 ms/);
    const last = await page.locator('.packet .line').last().boundingBox();
    const picture = await page.locator('.stage-picture').boundingBox();
    assert.ok(last && picture && last.x > picture.x, 'the last packet is in sight');
  }));

test('a click on a packet kills it: it breaks off, is told, stands in the address, and the past stays', () =>
  inLab('#loss=0', async ({ page }) => {
    await stepUntil(page, /sends DATA 1\./);
    const before = await saved(page);
    const head = page.locator('.packet.data.flies .head').first();
    await head.click({ force: true });
    await page.getByText('DATA 0: killed at').waitFor();
    const hash = await page.evaluate<string>('location.hash');
    assert.match(hash, /do=kill\.5\.440$/);
    await stepUntil(page, /sends DATA 0 \(0 again: its timer was over\)/);
    assert.is(await page.locator('.packet.gone .cross').count(), 1);
    const after = (await saved(page)).split('\n');
    const past = before
      .split('\n')
      .slice(1, -1)
      .filter((line) => JSON.parse(line).at < 440);
    assert.equal(after.slice(1, past.length + 1), past);
    await page.getByRole('button', { name: 'Undo all of it' }).click();
    assert.is(await page.getByText('DATA 0: killed at').count(), 0);
  }));

test('by keys alone: a lesson, a packet chosen with arrows, delayed with D and killed with K', () =>
  inLab('#loss=0', async ({ page }) => {
    await page.getByRole('button', { name: 'Play' }).focus();
    for (let count = 0; count < 200 && !/sends DATA 2\./.test(await happened(page)); count += 1) await page.keyboard.press('.');
    for (let count = 0; count < 60; count += 1) {
      if (await page.locator('.stage-picture:focus').count()) break;
      await page.keyboard.press('Shift+Tab');
    }
    assert.is(await page.locator('.stage-picture:focus').count(), 1, 'the picture can be reached by Tab');
    await page.keyboard.press('ArrowRight');
    assert.is(await page.locator('.packet.selected').count(), 1);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('d');
    await page.getByText('DATA 1: delayed at').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('k');
    await page.getByText('DATA 2: killed at').waitFor();
    assert.match((await page.locator('[role=status].unseen, .unseen[role=status]').first().textContent()) ?? '', /DATA 2 is killed/);
    await stepUntil(page, /DATA 1 arrives/);
    const at = Number.parseFloat(await clock(page));
    assert.is(at, 660, 'after 120 ms on the way and the 100 that were added');
  }));

test('the packets on their way are buttons, too', () =>
  inLab('#loss=0', async ({ page }) => {
    await stepUntil(page, /sends DATA 2\./);
    await page.getByRole('button', { name: 'Copy DATA 1' }).click();
    await page.getByText('DATA 1: copied at').waitFor();
    await page.getByRole('button', { name: 'Kill DATA 0' }).click();
    await page.getByText('DATA 0: killed at').waitFor();
    assert.is(await page.getByRole('button', { name: 'Kill DATA 0' }).count(), 0, 'it is not on its way any more');
  }));

test('settings: a change is in the address, and the same address is the same run elsewhere', () =>
  inLab('', async ({ page }) => {
    await page.getByLabel('ARQ').selectOption('go-back-n');
    await page.getByLabel('Window (segments)').fill('7');
    await page.getByLabel('Seed').fill('99');
    await page.getByLabel('Seed').press('Enter');
    await page.waitForFunction(`location.hash.includes('seed=99')`);
    const hash = await page.evaluate<string>('location.hash');
    assert.is(hash, '#arq=go-back-n&window=7&seed=99');
    await step(page, 40);
    const here = await saved(page);
    await inLab(hash, async ({ page: other }) => {
      assert.is(await other.getByLabel('ARQ').inputValue(), 'go-back-n');
      await step(other, 40);
      assert.is(await saved(other), here);
    });
  }));

test('a value that may not be is told of beside its field, and nothing else changes', () =>
  inLab('', async ({ page }) => {
    const field = page.getByLabel('Loss of data (0 to 0.9)');
    await field.fill('2');
    await field.press('Enter');
    await page.getByText('Loss of data (0 to 0.9): write a number from 0 to 0.9.').waitFor();
    assert.is(await field.getAttribute('aria-invalid'), 'true');
    assert.is(await page.evaluate<string>('location.hash'), '');
    await field.fill('0.2');
    await field.press('Enter');
    await page.waitForFunction(`location.hash === '#loss=0.2'`);
    assert.is(await field.getAttribute('aria-invalid'), 'false');
  }));

test('what may not be stands in its field until it is right, or until all settings are others', () =>
  inLab('', async ({ page }) => {
    const field = page.getByLabel('Window (segments)');
    const seed = page.getByLabel('Seed');
    const refusal = page.getByText('write a whole number from 1 to 256');
    await field.fill('-3');
    await field.press('Enter');
    await refusal.waitFor();
    assert.is(await field.inputValue(), '-3');
    await seed.fill('');
    await seed.press('Enter');
    assert.is(await seed.inputValue(), '');
    await page.getByLabel('Delay one way (ms)').fill('50');
    await page.getByLabel('Delay one way (ms)').press('Enter');
    await page.waitForFunction(`location.hash === '#delayMs=50'`);
    assert.is(await field.inputValue(), '-3', 'another setting changes nothing about it');
    for (const elsewhere of [() => choose(page, 'Lost data'), () => page.evaluate(`location.hash = '#window=5&seed=2'`)]) {
      await field.fill('0');
      await field.press('Enter');
      await refusal.waitFor();
      await elsewhere();
      await refusal.waitFor({ state: 'detached' });
      assert.is(await field.inputValue(), '5');
      assert.is(await field.getAttribute('aria-invalid'), 'false');
      assert.is(await seed.getAttribute('aria-invalid'), 'false');
    }
  }));

test('past the run’s last segment, its FIN, the windows have places without a number', () =>
  inLab('#segments=3&loss=0&window=5', async ({ page }) => {
    const cells = (window: number) => page.locator('.window').nth(window).locator('.cell').allTextContents();
    assert.equal(await cells(1), ['0', '1', '2', 'FIN']);
    await stepUntil(page, /sends DATA 0\./);
    assert.equal(await cells(0), ['0', '1', '2', 'FIN', '']);
    await stepUntil(page, /FIN 3 arrives/);
    assert.equal((await cells(1)).at(-1), 'FIN');
    assert.match((await page.locator('.window-row').first().getAttribute('aria-label')) ?? '', /may send up to 3\./);
  }));

test('an address with nonsense gives a run and sentences; a new one in the same tab is taken', () =>
  inLab('#arq=magic&window=0&do=boom', async ({ page }) => {
    const notice = page.locator('.notice');
    assert.is(await notice.locator('p').count(), 3);
    await notice.getByRole('button', { name: 'Close' }).click();
    assert.is(await notice.count(), 0);
    await page.evaluate(`location.hash = '#arq=sack&profile=chat'`);
    await page.waitForFunction(`document.getElementById('set-arq').value === 'sack'`);
  }));

test('measured beside the formula, where there is one', () =>
  inLab('#window=3&loss=0', async ({ page }) => {
    await page.waitForFunction(
      `document.querySelectorAll('.used-row').length === 3 && !document.querySelector('.used').textContent.includes('%')`,
    );
    const rows = await page.locator('.used-row').allTextContents();
    assert.match(rows[1] ?? '', /measured, 5,000 packets0\.600/);
    assert.match(rows[2] ?? '', /by the formula0\.600/);
    await page.getByLabel('Congestion control').selectOption('cubic');
    await page.getByText('The formulas hold for').waitFor();
  }));

test('a frame touches what flies, and nothing that has landed', () =>
  inLab('#loss=0', async ({ page }) => {
    await stepUntil(page, /sends DATA 9\./);
    await page.evaluate(`
      window.touched = 0;
      window.landed = [...document.querySelectorAll('.stage .packet:not(.flies)')];
      const watcher = new MutationObserver((all) => { window.touched += all.length; });
      for (const one of window.landed) watcher.observe(one, { attributes: true, childList: true, subtree: true });
    `);
    await page.getByRole('button', { name: 'Play' }).click();
    await hears(page, 'DATA 12');
    const [touched = 1, landed = 0] = await page.evaluate<number[]>('[window.touched, window.landed.length]');
    assert.ok(landed > 5);
    assert.is(touched, 0);
  }));

suite.run();
