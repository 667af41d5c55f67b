/*
 * The pages in Chromium: the chat under a flood (a real server, a peer over TCP who says so many messages a second), and
 * the ladder of a long trace while it is scrolled. Told is how evenly they draw, how busy the main thread is, and how long a
 * key takes to be answered; none of it is held to a limit, since a frame is the machine's business.
 *
 *   npm run bench:page [-- --rate 1000 --events 50000 --seconds 20]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { ChatClient } from '../lib/index.js';
import { node } from '../transports/node.js';
import { countFrames, ms, quantile, tellFrames } from './page/frames.js';
import { LADDER_HEADS, measureLadder } from './page/ladder.js';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    events: { type: 'string', default: '50000' },
    seconds: { type: 'string', default: '20' },
  },
});
const [rate, events, seconds] = [Number(values.rate), Number(values.events), Number(values.seconds)];
const TICK_MS = 20;

const server = spawn(process.execPath, [
  'dist/cli/main.js',
  'serve',
  '--gui',
  '0',
  '-l',
  'tcp://127.0.0.1:0',
  '--messages-per-second',
  '20000',
]);
const { tcp, link } = await addressesOf(server);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(link);
const group = await createGroup(page);
const peer = new ChatClient(node, tcp, { reconnect: false });
await peer.join({ name: 'Peer', group, password: 'secret' });

const load = () => loadavg()[0]?.toFixed(1) ?? '';
console.log(
  `The pages in ${browser.browserType().name()} ${browser.version()}, Node.js ${process.version}; ${seconds} s each; load ${load()}.\n`,
);
const quiet = await measured(page, 0);
const flooded = await measured(page, rate);
table(
  [
    ...['messages/s', 'told', 'frames/s', 'gap p50 ms', 'gap p99 ms', 'longest ms', 'main thread'],
    ...['key to paint p50 ms', 'p99 ms', 'rows'],
  ],
  [quiet, flooded],
);
const scrolled = await measureLadder(page, `${link}ladder`, events, seconds);
console.log(`\nThe ladder; load ${load()}.\n`);
table(LADDER_HEADS, scrolled);
await browser.close();
await peer.exit();
server.kill();

/** Floods, types a letter now and then, and tells how the page did. */
async function measured(page: Page, rate: number): Promise<readonly string[]> {
  const end = await countFrames(page);
  await page.evaluate(`
    globalThis.keys = [];
    globalThis.heard ??= document.addEventListener('keydown', ({ timeStamp }) =>
      requestAnimationFrame(() => setTimeout(() => keys.push(performance.now() - timeStamp))), true) ?? true;
    undefined`);
  const begun = performance.now();
  let told = 0;
  let answered = 0;
  let typed = 0;
  const typing = setInterval(() => void page.keyboard.press(typed++ % 20 === 19 ? 'Backspace' : 'a'), 200);
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * rate);
    for (; told < due; told++) void peer.say(`message ${told} of a flood, which is as long as messages are`).then(() => answered++);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  clearInterval(typing);
  const frames = await end();
  const keys = await page.evaluate<number[]>('keys');
  const rows = await page.locator('[data-entry]').count();
  return [
    rate.toLocaleString('en'),
    answered.toLocaleString('en'),
    ...tellFrames(frames),
    ms(quantile(keys, 0.5)),
    ms(quantile(keys, 0.99)),
    String(rows),
  ];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`| ${heads.join(' | ')} |`);
  console.log(`|${heads.map(() => '---:|').join('')}`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

async function createGroup(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Create a group chat.' }).click();
  await page.getByLabel('Your name').fill('Dana');
  await page.getByLabel('Password for the group').fill('secret');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  return String(await page.getByRole('heading', { name: /^Group #/ }).textContent()).replace('Group #', '');
}

async function addressesOf({ stdout }: ChildProcess): Promise<{ readonly tcp: string; readonly link: string }> {
  let shown = '';
  while (!shown.includes('What happens:')) shown += String((await once(stdout as NonNullable<typeof stdout>, 'data'))[0]);
  stdout?.resume();
  return { tcp: /(tcp:\S+)/.exec(shown)?.[1] as string, link: /The page: (\S+)/.exec(shown)?.[1] as string };
}
