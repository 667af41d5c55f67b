/*
 * docs/write-a-transport.md says what is so: its code is that of examples/transport/, the first version fails in
 * exactly the cases that it prints, each of which is answered in one section, and the finished one passes them all.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { MessageChannel } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { naiveTransport } from '../../examples/transport/naive.js';
import { casesFor } from '../../examples/transport/subject.js';
import { threadTransport } from '../../examples/transport/thread.js';

const FOLDER = 'examples/transport';
const page = readFileSync('docs/write-a-transport.md', 'utf8');
/** Sources import by path, the reader by name. */
const PACKAGES = { lib: 'chatwire', 'transports/node': 'chatwire/node', 'transports/conformance': 'chatwire/conformance' };

/** The marked regions of a file, as the page shows them: `// #region NAME` to `// #endregion`, moved to the margin. */
function regionsOf(file: string): string[] {
  let source = readFileSync(`${FOLDER}/${file}`, 'utf8');
  for (const [path, name] of Object.entries(PACKAGES)) {
    source = source.replaceAll(`'../../${path}.js'`, `'${name}'`).replaceAll(`'../../${path}/index.js'`, `'${name}'`);
  }
  const regions = source.matchAll(/^( *)\/\/ #region .*\n([\s\S]*?)^ *\/\/ #endregion$/gm);
  return [...regions].map(([, margin = '', code = '']) => code.replaceAll(new RegExp(`^${margin}`, 'gm'), '').trim());
}

const all = (pattern: RegExp): string[] => [...page.matchAll(pattern)].map(([, found = '']) => found);

const test = suite('docs/write-a-transport.md');

test('its code is that of the files, all of what is marked there, and nothing else', () => {
  const blocks = all(/^```ts\n([\s\S]*?)\n```$/gm);
  const regions = readdirSync(FOLDER).flatMap(regionsOf);
  for (const block of blocks) assert.ok(regions.includes(block), `This stands in no region of ${FOLDER}/:\n${block}`);
  for (const region of regions) assert.ok(blocks.includes(region), `This region is not on the page:\n${region}`);
  assert.is(blocks.length, regions.length);
});

test('the first version fails in the cases that the page prints, each answered in one section', async () => {
  const channels = [new MessageChannel(), new MessageChannel()] as const;
  const printed = all(/^FAIL {2}thread (.*)$/gm);
  const small = { largestBytes: 2 ** 21, floodBytes: 2 ** 22 };
  // many of them fail by waiting in vain; what is to pass may take its time on a busy machine
  const cases = casesFor(naiveTransport, channels[0], { ...small, timeLimitMs: 60_000 });
  const impatient = casesFor(naiveTransport, channels[1], { ...small, timeLimitMs: 5_000 });
  const failing: string[] = [];
  for (const [i, patient] of cases.entries()) {
    const name = patient.name.replace('thread ', '');
    const { run } = (printed.includes(name) && impatient[i]) || patient;
    await run().catch(() => failing.push(name));
  }
  for (const { port1 } of channels) port1.close();
  assert.equal(printed, failing);
  assert.match(page, `${cases.length - failing.length} of ${cases.length} cases pass.\n`);
  const lists = all(/^\*These cases ask for it:\*\n\n((?:- .*\n)+)/gm);
  assert.equal(lists.flatMap((list) => list.trim().split('\n')).sort(), failing.map((name) => `- ${name}`).sort());
});

test('the finished one carries a chat between threads, as the page prints it', async () => {
  // tsx does not follow into worker threads by itself (privatenumber/tsx#354): each thread registers it anew
  const everywhere = `data:text/javascript,import{register}from'${import.meta.resolve('tsx/esm/api')}';register()`;
  const chat = spawn(process.execPath, ['--import', everywhere, `${FOLDER}/chat.ts`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed, [code]] = await Promise.all([text(chat.stdout), once(chat, 'close')]);
  assert.is(code, 0);
  assert.match(page, `$ npm run -s build && node dist/${FOLDER}/chat.js\n${printed}\`\`\``);
});

const channel = new MessageChannel();
const finished = casesFor(threadTransport, channel);
for (const { name, run } of finished) test(name, run);

test('the page says how many cases there are', () => {
  assert.match(page, `check.ts thread\n${finished.length} of ${finished.length} cases pass.\n`);
});

test.after(() => channel.port1.close());
test.run();
