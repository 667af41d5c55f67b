/* `chatwire serve --gui`: the link, the files of the page and their headers, and what is no path of the page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readPageFiles } from '../../cli/serving/pages/page-files.js';
import { linksForOthers, pageLinks } from '../../cli/serving/pages/page-links.js';
import { closePiped, Piped, run } from './piped.js';

test.after.each(closePiped);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Asks with the path as it is: fetch would tidy it. */
function ask(link: string, path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(link);
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    asked.on('error', reject).end();
  });
}

async function servingPage(...flags: readonly string[]): Promise<{ readonly serve: Piped; readonly link: string }> {
  const serve = new Piped(['serve', '-l', 'tcp://127.0.0.1:0', '--gui', '0', ...flags]);
  const shown = await serve.until('What happens:');
  return { serve, link: /^The page: (\S+)$/m.exec(shown)?.[1] as string };
}

test('it prints the link; pages are asked for anew, hashed files never again, and every answer is secured', async () => {
  const { serve, link } = await servingPage();
  assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.is(serve.stderr, '');
  const page = await ask(link, '/');
  assert.equal([page.status, page.headers['content-type'], page.headers['cache-control']], [200, 'text/html; charset=utf-8', 'no-cache']);
  const html = page.body.toString();
  for (const [, path = ''] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
    const { status, headers, body } = await ask(link, path);
    assert.is(status, 200);
    assert.is(headers['content-type'], path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8');
    assert.is(headers['cache-control'], 'public, max-age=31536000, immutable', path);
    assert.is(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-security-policy']), /script-src 'self'; style-src 'self'/);
    assert.is(body.length, Number(headers['content-length']));
  }
  for (const path of ['/?x=1', '/ladder', '/lab', '/index.html']) assert.is((await ask(link, path)).status, 200, path);
});

test('gzip where it is understood; 304 for what is known; HEAD without a body', async () => {
  const { link } = await servingPage();
  const plain = await ask(link, '/');
  const zipped = await ask(link, '/', { 'accept-encoding': 'br, gzip' });
  assert.is(zipped.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(zipped.body), plain.body);
  assert.is((await ask(link, '/', { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding'], undefined);
  const etag = String(plain.headers.etag);
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const { status, body } = await ask(link, '/', { 'if-none-match': known });
    assert.equal([status, body.length], [304, 0], known);
  }
  assert.is((await ask(link, '/', { 'if-none-match': '"other"' })).status, 200);
  const head = await ask(link, '/', {}, 'HEAD');
  assert.equal([head.status, head.body.length, head.headers['content-length']], [200, 0, String(plain.body.length)]);
});

test('what is no path of the page is not found, however it is written; other methods and other names are refused', async () => {
  const { link } = await servingPage();
  for (const path of [
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fcli/main.js',
    '/..\\package.json',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/cli/main.js',
    '/index.html/',
    '/__proto__',
    '/constructor',
    '/favicon.ico',
    '*',
  ]) {
    const { status, headers, body } = await ask(link, path);
    assert.is(status, 404, path);
    assert.is(body.toString(), 'Nothing is at this path; the chat is at /.\n');
    assert.is(headers['x-content-type-options'], 'nosniff');
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    const { status, headers } = await ask(link, '/', {}, method);
    assert.equal([status, headers.allow], [405, 'GET, HEAD'], method);
  }
  assert.is((await ask(link, '/', { host: 'evil.example' })).status, 421);
  assert.is((await ask(link, '/', { origin: 'http://evil.example' })).status, 403);
});

test('--gui-host: for a whole network, with a warning and a link for each address', async () => {
  const { serve, link } = await servingPage('--gui-host', '0.0.0.0');
  assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.is((await ask(link, '/')).status, 200);
  await serve.until('Warning: the network can reach http://0.0.0.0:');
  const others = linksForOthers(`http://0.0.0.0:${new URL(link).port}`);
  assert.equal(
    [...serve.stdout.matchAll(/^For others: (\S+)$/gm)].map(([, each]) => each),
    others,
  );
  assert.not(others.includes(link));
  const { status, headers, body } = await ask(link, '/links.json');
  assert.equal([status, headers['cache-control'], JSON.parse(body.toString())], [200, 'no-store', { links: others }]);
  // who is not on this machine has a link that works, and is told of no other address
  for (const each of others) assert.is((await ask(each, '/links.json')).body.toString(), '{"links":[]}');
  assert.equal(pageLinks('http://192.0.2.7:80'), ['http://192.0.2.7:80/']);
  assert.equal(pageLinks('http://[::1]:8080'), ['http://[::1]:8080/']);
  assert.is(pageLinks('http://[::]:8080')[0], 'http://[::1]:8080/');
});

test('the links for others: none on loopback, and asked for as everything else', async () => {
  const { link } = await servingPage();
  assert.is((await ask(link, '/links.json')).body.toString(), '{"links":[]}');
  assert.is((await ask(link, '/links.json', {}, 'HEAD')).body.length, 0);
  assert.is((await ask(link, '/links.json', {}, 'POST')).status, 405);
  assert.is((await ask(link, '/links.json', { host: 'evil.example' })).status, 421);
  assert.is((await ask(link, '/links.json', { origin: 'http://evil.example' })).status, 403);
});

test('beyond loopback the trace wants a token, which is made and stands in the link alone', async () => {
  const { serve, link } = await servingPage('--gui-host', '0.0.0.0', '--trace');
  const [, token = ''] = /its ladder: \S+\/ladder#trace-token=([\w-]+)$/m.exec(serve.stdout) ?? [];
  assert.ok(token.length >= 16, serve.stdout);
  assert.match(serve.stdout, `\n  for the lecturer, with the ladder: ${link}#trace-token=${token}\n`);
  assert.not.match(serve.stdout.slice(serve.stdout.indexOf('For others:')), token);
  assert.is((await ask(link, '/trace.jsonl')).status, 401);
  assert.is((await ask(link, '/trace.jsonl', { authorization: `Bearer ${token.slice(1)}x` })).status, 401);
  assert.is((await ask(link, '/trace.jsonl', { authorization: `Bearer ${token}` }, 'HEAD')).status, 200);
});

test('a viewer of the trace sees the end of the run, and the server waits for nobody else', async () => {
  const { serve, link } = await servingPage('--trace');
  const { hostname, port } = new URL(link);
  const viewed = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: hostname, port, path: '/trace.jsonl' }, resolve).on('error', reject).end();
  });
  const tcp = /^ {2}(tcp:\S+)/m.exec(serve.stdout)?.[1] as string;
  const guest = new Piped(['chat', tcp]);
  await serve.until('came from tcp://');
  serve.program.kill('SIGTERM');
  let text = '';
  for await (const chunk of viewed) text += String(chunk);
  assert.match(text, /"type":"BYE"|BYE/);
  assert.match(text.trimEnd().split('\n').at(-1) as string, /"state":"closed"/);
  assert.is((await serve.finish()).code, 0);
  guest.program.kill();
});

test('--gui-host with a name: the page answers to it', async () => {
  const { link } = await servingPage('--gui-host', 'localhost');
  assert.is((await ask(link, '/', { host: 'localhost' })).status, 200);
});

test('what is wrong on the command line: a sentence', async () => {
  for (const [flags, code, sentence] of [
    [['--gui', 'x'], 2, /port/],
    [['--gui', '65536'], 2, /port/],
    [['--gui-host', '0.0.0.0'], 2, /--gui-host says where the page is/],
    [['--gui', '0', '--gui-host', 'a/b'], 2, /"a\/b" is no host: write/],
    [['--gui', '0', '--gui-host', 'http://x'], 2, /"http:\/\/x" is no host: write/],
    [['--gui', '0', '--gui-host', ''], 2, /"" is no host: write/],
    [['--gui', '0', '--gui-host', '192.0.2.1'], 1, /is no address of this machine/],
  ] as const) {
    const { code: ended, stderr } = await run(['serve', '-l', 'tcp://127.0.0.1:0', ...flags]);
    assert.is(ended, code, flags.join(' '));
    assert.match(stderr, sentence);
  }
});

test('a port that is taken: one sentence', async () => {
  const { link } = await servingPage();
  const { code, stdout, stderr } = await run(['serve', '-l', 'tcp://127.0.0.1:0', '--gui', new URL(link).port]);
  assert.equal([code, stdout], [1, '']);
  assert.match(stderr, /^chatwire: Somebody listens at http:\/\/127\.0\.0\.1:\d+ already: [^\n]*\n$/);
});

test('a page that is not built: a sentence that says how', () => {
  const empty = mkdtempSync(join(tmpdir(), 'chatwire-page-'));
  assert.throws(() => readPageFiles(empty), /The page is not built yet: run "npm run build" first/);
  assert.throws(() => readPageFiles(join(empty, 'missing')), /The page is not built yet/);
  rmSync(empty, { recursive: true });
});

test.run();
