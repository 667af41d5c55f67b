/*
 * The page: nothing in it comes from elsewhere, what a peer said stays text, and Chromium opens it without a word on its
 * console, chooses a step and shows the bytes.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { html } from '../../../tracer/export/html/html.js';
import type { Story } from '../../../tracer/join/story.js';
import { needsTool } from '../../tool.js';
import { story as anyStory } from '../arbitrary-story.js';
import { actor, arrow, NASTY, told } from '../told.js';
import { recordedStory } from './recorded.js';

const test = suite('html');
const withChromium = needsTool('chromium') ? test : test.skip;

const EVIL = '</script><script>document.title = "owned"</script><img src=x onerror="document.title = \'owned\'">';
const evil = told([actor(EVIL, 'client', 'a'), actor('b')], [arrow('a->b', 0, EVIL, EVIL, { why: EVIL, bytes: Buffer.from(EVIL) })]);

/** The page's own script, and the data that it reads. */
function scriptsOf(page: string): { readonly data: string; readonly script: string } {
  const [, data = '', script = ''] =
    /<script type="application\/json" id="x-steps">([^<]*)<\/script>\n<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
  return { data, script };
}

test('it fetches nothing, and its policy names its one script', () => {
  for (const story of [recordedStory('udp-handshake'), evil, NASTY]) {
    const page = html(story, { why: true });
    assert.is(html(story, { why: true }), page);
    assert.not.match(page.replace(/<script[\s\S]*/, ''), /<[^>]*\s(src|srcset|action|on\w+)=|@import|url\(/);
    for (const [, href = ''] of page.matchAll(/<(?:a|link)[^>]*\shref="([^"]*)"/g)) assert.match(href, /^(#\d+|data:,)$/);
    assert.ok(page.includes(`'sha256-${createHash('sha256').update(scriptsOf(page).script).digest('base64')}'`));
  }
});

test('any story: its steps are whole in it, and no text becomes markup', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const page = html(story);
      const steps = JSON.parse(scriptsOf(page).data) as readonly { readonly number: number }[];
      assert.equal(
        steps.map(({ number }) => number),
        story.steps.map(({ number }) => number),
      );
      assert.is(page.split('<script').length, 3);
    }),
    { numRuns: 50 },
  );
});

/** Opens a page in Chromium; gives what became of it, and what was said on the console. */
async function opened(story: Story, step = ''): Promise<{ readonly dom: string; readonly console: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'chatwire-html-'));
  try {
    const file = join(folder, 'page.html');
    writeFileSync(file, html(story));
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--enable-logging=stderr', `--user-data-dir=${folder}`, '--dump-dom'];
    const { stdout, stderr } = await promisify(execFile)('chromium', [...flags, `file://${file}${step}`], { maxBuffer: 2 ** 26 });
    return {
      dom: stdout,
      console: stderr
        .split('\n')
        .filter((line) => line.includes('CONSOLE'))
        .join('\n'),
    };
  } finally {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

withChromium('Chromium opens it without an error, and shows the bytes of a step', async () => {
  const story = recordedStory('udp-handshake');
  const syn = story.steps.find((step) => step.kind === 'arrow' && step.label === 'SYN');
  const { dom, console } = await opened(story, `#${syn?.number}`);
  assert.is(console, '');
  assert.match(dom, /<h2>SYN I am /);
  assert.match(dom, /class="x-dump"/);
  assert.match(dom, /version\/type/);
  assert.match(dom, new RegExp(`<tr data-step="${syn?.number}" class="x-chosen">`));
});

withChromium('what a peer said runs nowhere', async () => {
  const { dom, console } = await opened(evil);
  assert.is(console, '');
  assert.match(dom, /<title>a story<\/title>/);
  assert.not.match(dom, /<img/);
});

test.run();
