/*
 * `npm run screenshots [-- NAME...]` makes the pictures of the pages under docs/figures/pages anew, in light and in dark,
 * from a real server and real members, in Chromium. Unlike the other figures they are not the same bytes twice: group IDs
 * and times are real. A new page is one more take in the list.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { takeChat } from './screenshots/chat.js';
import { takeLab } from './screenshots/lab.js';

/** Opens a page and brings it to where it is to be seen; `link` is the server's page. */
export type Take = (browser: Browser, link: string) => Promise<Page>;

const TAKES: Readonly<Record<string, Take>> = { chat: takeChat, lab: takeLab };

const folder = fileURLToPath(new URL('./figures/pages/', import.meta.url));
const names = process.argv.slice(2);

mkdirSync(folder, { recursive: true });
const server = spawn(process.execPath, ['dist/cli/main.js', 'serve', '--gui', '0', '-l', 'tcp://127.0.0.1:0', '--trace'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let shown = '';
while (!shown.includes('What happens:')) shown += String((await once(server.stdout, 'data'))[0]);
server.stdout.resume();
const link = /The page: (\S+)/.exec(shown)?.[1] as string;

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, take] of Object.entries(TAKES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const page = await take(browser, link);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const file = `${folder}${name}-${colorScheme}.png`;
    await page.screenshot({ path: file });
    console.log(`Taken: ${relative('.', file)}`);
  }
}
await browser.close();
server.kill();
