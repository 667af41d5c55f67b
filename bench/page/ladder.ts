/*
 * The ladder's page while somebody scrolls through a long trace: evenly, as with a wheel, and in leaps, as one who drags
 * the scroll bar and so needs other rows in every frame. Told is how evenly it draws, how many rows are on the page, and
 * in how many frames a part of the view had no row (paper).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventLine, headerLine } from '../../tracer/file/index.js';
import { longChat } from '../trace/long-chat.js';
import { countFrames, tellFrames } from './frames.js';

/** The heads of the table. */
export const LADDER_HEADS = [
  ...['scrolled', 'rows', 'rows/s', 'frames/s', 'gap p50 ms', 'gap p99 ms', 'longest ms', 'main thread'],
  ...['most rows on the page', 'frames with paper'],
] as const;

/** Opens a recorded chat over UDP of so many events, and scrolls through it for so long in each way. */
export async function measureLadder(page: Page, ladder: string, events: number, seconds: number): Promise<readonly (readonly string[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chatwire-bench-'));
  const file = join(folder, 'long.jsonl');
  const trace = await longChat('udp', events);
  await writeFile(file, headerLine(trace.header) + trace.events.map(eventLine).join(''));
  await page.goto(ladder);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('[role=option]').first().waitFor();
  const rows = Number(await page.locator('[role=option]').first().getAttribute('aria-setsize'));
  await rm(folder, { recursive: true });
  const table: string[][] = [];
  for (const [way, move] of Object.entries(MOVES)) {
    const end = await countFrames(page);
    const { most, paper, went } = await page.evaluate<Seen>(scrolling(move, seconds));
    const frames = await end();
    const perSecond = Math.round(went / frames.seconds).toLocaleString('en');
    table.push([way, rows.toLocaleString('en'), perSecond, ...tellFrames(frames), String(most), String(paper)]);
  }
  return table;
}

interface Seen {
  /** The most rows that were on the page at a time. */
  readonly most: number;
  /** Frames in which a part of the view had no row. */
  readonly paper: number;
  /** Over how many rows it was scrolled. */
  readonly went: number;
}

/** Where each frame's scrolling leads. */
const MOVES = {
  evenly: 'top += 120 * way',
  'in leaps': 'top = (top + element.scrollHeight * 0.381966) % (element.scrollHeight - element.clientHeight)',
} as const;

/** After each frame: looks at what it has drawn, then scrolls, as an input event would, in time for the next one. */
function scrolling(move: string, seconds: number): string {
  return `new Promise((over) => {
    const element = document.querySelector('.ladder-scroll');
    const heads = element.querySelector('.ladder-heads').offsetHeight;
    const until = performance.now() + ${seconds * 1000};
    const seen = { most: 0, paper: 0, went: 0 };
    let [top, way, last] = [0, 1, element.scrollTop = 0];
    const look = () => {
      const rows = element.querySelectorAll('.ladder-row');
      const { offsetHeight: height, ariaSetSize: count } = rows[0];
      seen.most = Math.max(seen.most, rows.length);
      const sightEnd = Math.min(element.scrollTop + element.clientHeight - heads, count * height);
      if (rows[0].offsetTop > element.scrollTop || rows[rows.length - 1].offsetTop + height < sightEnd - 1) seen.paper += 1;
      seen.went += Math.abs(element.scrollTop - last) / height;
      last = element.scrollTop;
      if (top + element.clientHeight >= element.scrollHeight) way = -1;
      if (top <= 0) way = 1;
      ${move};
      element.scrollTop = top;
    };
    const frame = (now) => {
      setTimeout(look);
      if (now < until) requestAnimationFrame(frame);
      else setTimeout(() => over(seen));
    };
    requestAnimationFrame(frame);
  })`;
}
