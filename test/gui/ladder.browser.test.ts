/*
 * The ladder's page in Chromium: live beside a real server, of whose run it shows each step; with a token; as a viewer of
 * files; by keyboard; and with many thousand rows, of which few are on the page.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { longChat } from '../../bench/trace/long-chat.js';
import { ChatClient } from '../../lib/index.js';
import { eventLine, headerLine } from '../../tracer/file/index.js';
import { tell } from '../../tracer/join/index.js';
import { node } from '../../transports/node.js';
import { Piped } from '../cli/piped.js';
import { browserSuite } from './browser-suite.js';
import { assertAccessible, assertNoComplaints, createGroup, joinGroup, PASSWORD, say, servePage, titleHolds } from './chat-page.js';

const { suite, test, browser } = browserSuite('the ladder page');
const recording = (name: string) => new URL(`../../docs/recordings/traces/${name}.jsonl`, import.meta.url).pathname;

let folder = '';
suite.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatwire-ladder-'));
});
suite.after(async () => {
  await rm(folder, { recursive: true });
});

const rows = (page: Page) => page.getByRole('listbox', { name: 'Steps' });

/** Waits until the page says that it shows so many steps. */
async function untilSteps(page: Page, wanted: RegExp): Promise<void> {
  await page.locator('.ladder-status', { hasText: wanted }).waitFor();
}

/** Saves by a button, and reads what was saved. */
async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return readFileSync(await download.path(), 'utf8');
}

/** What every row says, read by going through all of them with the keyboard. */
async function allRows(page: Page): Promise<readonly string[]> {
  await rows(page).focus();
  await page.keyboard.press('Home');
  await page.waitForSelector('[role="option"][aria-posinset="1"]');
  const said = new Map<number, string>();
  for (let count = 1; said.size < count; ) {
    for (const [place, all, text] of await rowsOnPage(page)) {
      said.set(Number(place), text.trim());
      count = Number(all);
    }
    const last = Math.max(...said.keys());
    if (last === count) break;
    for (let row = await chosenPlace(page); row < last; row = await chosenPlace(page)) await page.keyboard.press('PageDown');
    await page.waitForFunction(`document.querySelector('[aria-posinset="${last + 1}"]') !== null`);
  }
  return [...said].sort(([one], [other]) => one - other).map(([, label]) => label);
}

/** The rows that are drawn, read in one go, since they change as one scrolls: place, number of all, text. */
function rowsOnPage(page: Page): Promise<readonly (readonly [string, string, string])[]> {
  return page.evaluate(
    "[...document.querySelectorAll('.ladder-row')].map((row) => [row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize'), row.textContent])",
  );
}

async function chosenPlace(page: Page): Promise<number> {
  const chosen = page.locator('[role="option"][aria-selected="true"]');
  await chosen.waitFor();
  return Number(await chosen.getAttribute('aria-posinset'));
}

test('it shows the steps of the server’s trace, which it saves as it was sent, without a secret', async () => {
  const { serve, link, at } = await servePage({
    listen: ['tcp://127.0.0.1:0', 'udp://127.0.0.1:0', 'text+tcp://127.0.0.1:0'],
    flags: ['--trace'],
  });
  assert.match(serve.stdout, `its ladder: ${link}ladder\n`);
  const opened = await browser.open(`${link}ladder`, { viewport: { width: 1280, height: 800 } });
  const { page } = opened;
  await page.getByText('Nothing has happened yet').waitFor();

  const dana = new ChatClient(node, at.tcp as string, { reconnect: false });
  const { group } = await dana.create({ name: 'Dana', password: PASSWORD });
  const bar = new ChatClient(node, at.udp as string, { reconnect: false });
  await bar.join({ name: 'Bar', group, password: PASSWORD });
  for (let i = 0; i < 5; i += 1) {
    await dana.say(`number ${i}`);
    await bar.say(`and back ${i}`);
  }
  await bar.exit();
  await dana.exit();
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('states').check();
  await page
    .getByRole('option', { name: /server: closed/ })
    .nth(1)
    .waitFor();

  const text = await saved(page, 'Save JSONL');
  const lines = (file: string) =>
    file
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  assert.equal(lines(text), lines(await wholeTrace(link)), 'the page has what curl gets');
  for (const secret of [PASSWORD, Buffer.from(PASSWORD).toString('hex')]) {
    assert.not.match(text, secret);
    assert.not.match(await page.content(), secret);
  }
  const file = join(folder, 'run.jsonl');
  await writeFile(file, text);
  const show = new Piped(['trace', 'show', file, '--table', '--lanes', 'frames,segments,states'], { COLUMNS: '400', NO_COLOR: '1' });
  const { stdout } = await show.finish();
  const wanted = [...stdout.matchAll(/^ *(\d+) +([\d.]+) +\S+ .*? (?:frames|segments|states) +(\S+)/gm)].map(([, ...parts]) =>
    parts.join(' '),
  );
  assert.ok(wanted.length > 80, `${wanted.length} steps`);
  const shown = (await allRows(page)).filter((row) => !/^\(/.test(row));
  assert.equal(
    shown.map((row) => row.replace(/^(\d+ [\d.]+) [^:]*: (\S+).*$/s, '$1 $2')),
    wanted,
  );
  assert.match(await saved(page, 'Save SVG'), /<svg[^>]+role="figure"/);
  assertNoComplaints(opened);
});

/** The whole trace so far, as curl gets it. */
async function wholeTrace(link: string): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(`${link}trace.jsonl`, { signal: stop.signal });
  const live = await fetch(`${link}trace.jsonl?live`, { signal: stop.signal });
  // the mark behind the last event says how many there are
  const next = await numberOfEvents(live);
  let text = '';
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(piece).toString();
    if (text.split('\n').length >= next + 2) break;
  }
  stop.abort();
  return text;
}

async function numberOfEvents(live: Response): Promise<number> {
  let text = '';
  for await (const piece of live.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(piece).toString();
    const next = [...text.matchAll(/"mark":\{"next":(\d+)/g)].map((match) => Number(match[1]));
    if (next.length > 1) return next.at(-1) as number;
  }
  throw new Error('The stream ended without a mark.');
}

test('with a token: nothing without it, and the link that the server prints has it', async () => {
  const { serve, link } = await servePage({ flags: ['--trace', '--trace-token', 'open-sesame'] });
  assert.match(serve.stdout, `its ladder: ${link}ladder#trace-token=open-sesame\n`);
  for (const wrong of ['', '#trace-token=open-sesamE']) {
    const without = await browser.open(`${link}ladder${wrong}`);
    await without.page.getByRole('alert').getByText('The trace needs the token that the server printed').waitFor();
    await without.page.getByText('The ladder is not shown here.').waitFor();
    assert.is(await without.page.getByText('This server records no trace').count(), 0);
    assertNoComplaints(without);
  }

  const opened = await browser.open(`${link}ladder#trace-token=open-sesame`);
  await untilSteps(opened.page, /live/);
  assert.is(opened.page.url(), `${link}ladder`, 'the token does not stay in the address bar');
  await opened.page.reload();
  await untilSteps(opened.page, /live/);
  assertNoComplaints(opened);

  const lecturer = / {2}for the lecturer, with the ladder: (\S+)/.exec(serve.stdout)?.[1] as string;
  const beside = await browser.open(lecturer, { viewport: { width: 1280, height: 720 } });
  await beside.page.getByRole('region', { name: 'The ladder' }).locator('.ladder-status', { hasText: 'live' }).waitFor();
  assert.is(beside.page.url(), link, 'here neither');
});

test('beside the chat on a wide screen: who types on the left is seen on the right', async () => {
  const { link } = await servePage({ flags: ['--trace'] });
  const dana = await browser.open(link, { viewport: { width: 1600, height: 900 } });
  const group = await createGroup(dana.page, 'Dana');
  const bar = await browser.open(link, { viewport: { width: 800, height: 900 } });
  await joinGroup(bar.page, 'Bar', group);
  assert.is(await bar.page.locator('.ladder').count(), 0, 'no room for it');
  await say(bar.page, 'Do you see me?');
  const ladder = dana.page.getByRole('region', { name: 'The ladder' });
  await ladder
    .getByRole('option', { name: /Bar → server: SAY .*Do you see me\?/ })
    .first()
    .waitFor();
  await titleHolds(dana.page, 'Chatwire');
  await assertAccessible(dana.page);
  await dana.page.getByRole('button', { name: 'The ladder' }).click();
  await ladder.waitFor({ state: 'detached' });
  for (const opened of [dana, bar]) assertNoComplaints(opened);
});

test('beside the chat, keys that one types into the ladder are not the chat’s', async () => {
  const { link } = await servePage({ flags: ['--trace'] });
  const opened = await browser.open(link, { viewport: { width: 1600, height: 900 } });
  const { page } = opened;
  const ladder = page.getByRole('region', { name: 'The ladder' });
  await ladder.getByRole('button', { name: 'Filter' }).click();
  const text = ladder.getByLabel('Text');
  await text.pressSequentially('123');
  assert.is(await text.inputValue(), '123');
  await page.getByRole('button', { name: 'Create a group chat.' }).click();
  await page.getByLabel('Your name').fill('Dana');
  await text.fill('');
  await ladder.locator('.ladder-row').first().click();
  await ladder.getByRole('button', { name: 'Close' }).waitFor();
  await page.keyboard.press('Escape');
  await ladder.getByRole('button', { name: 'Close' }).waitFor({ state: 'detached' });
  assert.is(await page.getByLabel('Your name').inputValue(), 'Dana', 'the form is still there');
  assertNoComplaints(opened);
});

test('a server without a trace: a viewer of files, by keyboard', async () => {
  const { link } = await servePage();
  const opened = await browser.open(`${link}ladder`, { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const { page } = opened;
  await page.getByText('This server records no trace').waitFor();
  await assertAccessible(page);
  const input = page.getByLabel('Open a trace', { exact: true }).and(page.locator('input'));

  await input.setInputFiles({ name: 'no-trace.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from('<script>alert(1)</script>\n') });
  await page.getByText('no-trace.jsonl holds no trace that could be read.').waitFor();

  const shown = readFileSync(recording('tcp-exit'), 'utf8').replace('"secrets":"masked"', '"secrets":"shown"');
  await input.setInputFiles({ name: 'shown.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(shown) });
  await page.getByText('Passwords and tokens can be read in shown.jsonl').waitFor();

  await input.setInputFiles(recording('udp-lossy'));
  await page.getByText('Passwords and tokens can be read').waitFor({ state: 'detached' });
  await untilSteps(page, /from a file/);
  await rows(page).focus();
  const chosen = page.locator('[role="option"][aria-selected="true"]');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  const last = await chosen.getAttribute('aria-posinset');
  assert.is(Number(last), Number(await chosen.getAttribute('aria-setsize')) - 1);
  assert.is(await rows(page).getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));

  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('Text').fill('again');
  await page.getByLabel('Types').fill('data, fin');
  await untilSteps(page, /from a file · \d+ of /);
  await rows(page).focus();
  await page.keyboard.press('End');
  assert.match((await chosen.textContent()) ?? '', /again/);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'The step that is chosen' });
  await panel.getByText('Why', { exact: true }).waitFor();
  await panel
    .getByRole('gridcell', { name: 'CRC-32' })
    .or(panel.getByRole('gridcell', { name: /checksum/i }))
    .first()
    .waitFor();
  await assertAccessible(page);
  await panel.getByRole('button', { name: /^Go to step/ }).click();
  await panel.getByRole('button', { name: /^Follow c/ }).click();
  const dialogue = page.getByRole('complementary', { name: /^What c\d said/ });
  await dialogue
    .getByText(/^Below each number stand so many bytes: at the left from the client \(udp:\S+\), further in from the server \(udp:/)
    .waitFor();
  assert.not.match((await dialogue.textContent()) ?? '', /Follow:|Node 0/);
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('complementary').waitFor({ state: 'detached' });
  assert.is(await page.evaluate("document.activeElement.getAttribute('role')"), 'listbox');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await untilSteps(page, /from a file · 149 of 177 steps/);
  assertNoComplaints(opened);
});

test('no page is wider than the screen, from a phone to full HD, and for a projector', async () => {
  const { link } = await servePage();
  const opened = await browser.open(`${link}ladder`);
  const { page } = opened;
  await page.locator('input[type=file]').setInputFiles(recording('udp-lossy'));
  await page.getByRole('button', { name: 'Filter' }).click();
  await rows(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  for (const size of ['normal', 'projector']) {
    for (const width of [360, 1024, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const { wide, high } = await page.evaluate<{ wide: number; high: number }>(
        '({ wide: document.documentElement.scrollWidth, high: document.documentElement.scrollHeight })',
      );
      assert.ok(wide <= width, `${wide} px at ${width}, ${size}`);
      assert.ok(high <= 800, `${high} px high at ${width}, ${size}`);
    }
    await page.keyboard.press('Alt+p');
  }
  assertNoComplaints(opened);
});

test('pause keeps the rows as they are, and continue shows what has come meanwhile', async () => {
  const { link, at } = await servePage({ flags: ['--trace'] });
  const opened = await browser.open(`${link}ladder`);
  const { page } = opened;
  const dana = new ChatClient(node, at.tcp as string, { reconnect: false });
  await dana.create({ name: 'Dana', password: PASSWORD });
  await page.getByRole('option', { name: /server → Dana: JOINED/ }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await dana.say('while it stands still');
  await page.getByRole('button', { name: /^Continue \(\d+ new\)/ }).waitFor();
  assert.is(await page.getByRole('option', { name: /while it stands still/ }).count(), 0);
  await page.getByRole('button', { name: /^Continue/ }).click();
  await page.getByRole('option', { name: /Dana → server: SAY .*while it stands still/ }).waitFor();
  await dana.exit();
  assertNoComplaints(opened);
});

for (const events of [10_000, 100_000]) {
  test(`a trace of ${events} events: few rows are on the page, wherever one is`, async () => {
    const { link } = await servePage();
    const trace = await longChat('udp', events);
    const file = join(folder, `${events}.jsonl`);
    await writeFile(file, headerLine(trace.header) + trace.events.map(eventLine).join(''));
    const steps = tell(trace).steps.length;
    const opened = await browser.open(`${link}ladder`, { viewport: { width: 1920, height: 1080 } });
    const { page } = opened;
    await page.locator('input[type=file]').setInputFiles(file);
    await untilSteps(page, new RegExp(` ${steps.toLocaleString('en')} steps`));
    const nodes = () => page.evaluate<number>("document.getElementsByTagName('*').length");
    await rows(page).focus();
    for (const key of ['Home', 'End', 'PageUp', 'PageUp', 'ArrowUp', 'Home', 'PageDown']) {
      await page.keyboard.press(key);
      const chosen = page.locator('[role="option"][aria-selected="true"]');
      await chosen.waitFor();
      assert.ok(await chosen.evaluate((row) => (row as unknown as { checkVisibility(): boolean }).checkVisibility()), key);
      const count = await nodes();
      assert.ok(count < 1500, `${count} elements after ${key}`);
    }
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Text').fill('message number 77');
    await page
      .getByRole('option', { name: /SAY .*message number 77$/ })
      .first()
      .waitFor();
    assertNoComplaints(opened);
  });
}

suite.run();
