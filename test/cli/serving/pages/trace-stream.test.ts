/*
 * A server's trace as browsers get it, over the HTTP transport's own server: the whole trace for any number of viewers,
 * nothing secret in it, nothing for whoever has no token, and a slow viewer that holds up nobody.
 */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type TraceStream, type TraceStreamOptions, traceStream } from '../../../../cli/serving/pages/trace-stream.js';
import { ChatClient, ChatServer } from '../../../../lib/index.js';
import { readTrace } from '../../../../tracer/file/index.js';
import { recorder } from '../../../../tracer/record/index.js';
import type { TraceEvent, TraceHeader } from '../../../../tracer/trace/trace.js';
import { httpTransport } from '../../../../transports/http/index.js';
import { node } from '../../../../transports/node.js';

const HEADER: TraceHeader = {
  ...{ format: 'chatwire-trace', version: 1, title: 'a test', source: 'taps', startedAtMs: 1000.5, secrets: 'masked', madeBy: 'a test' },
};
const note = (at: number, text = `event ${at}`): TraceEvent => ({ kind: 'note', at, basis: 'observed', text });

let open: (() => unknown)[] = [];
test.after.each(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

/** Serves a stream; gives the URL of its trace. */
async function served(options: TraceStreamOptions = {}, header = HEADER): Promise<{ stream: TraceStream; url: string }> {
  const stream = traceStream(header, options);
  const transport = httpTransport({ pages: (asked, response) => stream.answer(asked, response) });
  const listener = await (transport.listen as NonNullable<typeof transport.listen>)('http://127.0.0.1:0');
  open.push(() => listener.close());
  return { stream, url: `${listener.address}/trace.jsonl` };
}

async function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<IncomingMessage> {
  const asked = request(url, { headers, agent: false, method });
  asked.on('error', () => {}); // the server may be gone before it
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  open.push(() => void response.destroy());
  response.setEncoding('utf8');
  response.on('error', () => {});
  return response;
}

/** Reads until a text has come. */
async function until(response: IncomingMessage, wanted: string): Promise<string> {
  let text = '';
  for await (const piece of response.iterator({ destroyOnReturn: false })) {
    text += piece;
    if (text.includes(wanted)) return text;
  }
  throw new Error(`The stream ended without ${wanted}: ${text}`);
}

async function whole(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of response) text += piece;
  return text;
}

test('what has been kept comes first, then what happens; and at the end the stream is a trace file', async () => {
  const { stream, url } = await served();
  stream.event(note(1));
  const response = await get(url);
  assert.is(response.statusCode, 200);
  const first = await until(response, 'event 1');
  stream.event(note(2));
  const second = await until(response, 'event 2');
  stream.event(note(3));
  stream.close();
  const { trace, problems } = readTrace(first + second + (await whole(response)));
  assert.equal(problems, []);
  assert.equal(trace.header.startedAtMs, 1000.5);
  assert.equal(trace.events, [note(1), note(2), note(3)]);
});

test('viewers get the same, whenever they come', async () => {
  const { stream, url } = await served();
  const early = await Promise.all([get(url), get(url), get(url)]);
  for (let i = 0; i < 2000; i += 1) stream.event(note(i, `${i} ${'x'.repeat(200)}`));
  const late = await get(url);
  stream.close();
  const texts = await Promise.all([...early, late].map(whole));
  assert.is(readTrace(texts[0] as string).trace.events.length, 2000);
  for (const text of texts) assert.is(text, texts[0]);
});

test('what is no longer kept is told, and who takes part is always said', async () => {
  const { stream, url } = await served({ maxLines: 10 });
  stream.event({ kind: 'actor', at: 0, basis: 'observed', id: 'server-1', name: 'server', role: 'server' });
  for (let i = 1; i <= 99; i += 1) stream.event(note(i));
  const response = await get(url);
  stream.close();
  const { events } = readTrace(await whole(response)).trace;
  assert.is(events[0]?.kind, 'actor');
  assert.match((events[1] as { text: string }).text, /^90 events are missing here/);
  assert.equal(
    events.slice(2),
    Array.from({ length: 10 }, (_, i) => note(90 + i)),
  );
});

test('a slow viewer is overtaken, told how much it missed, and holds up nobody', async () => {
  const { stream, url } = await served({ maxCharacters: 1024 * 1024 });
  const slow = await get(url);
  const quick = await get(url);
  let got = '';
  quick.on('data', (piece: string) => {
    got += piece;
  });
  // far more than the sockets between the two hold; the quick one keeps up
  const filler = 'y'.repeat(4_000);
  for (let i = 0; i < 15_000; i += 1) {
    stream.event(note(i, `${i} ${filler}`));
    if (i % 50 === 49) await new Promise((resolve) => setImmediate(resolve));
  }
  stream.event(note(15_000, 'the last one'));
  while (!got.includes('the last one')) await once(quick, 'data');
  const ended = whole(slow);
  const text = await Promise.race([ended, until(await get(url), 'the last one').then(() => undefined)]);
  assert.is(text, undefined, 'the slow one still waits');
  stream.close();
  const { trace, problems } = readTrace(await ended);
  assert.equal(problems, []);
  const texts = trace.events.map((event) => (event as { text: string }).text);
  const missing = texts.map((one) => Number(/^(\d+) events? (?:is|are) missing/.exec(one)?.[1] ?? 0)).reduce((sum, one) => sum + one, 0);
  assert.ok(missing > 0, 'some are missing');
  assert.is(texts.filter((one) => !/ missing here/.test(one)).length + missing, 15_001);
  assert.is(texts.at(-1), 'the last one');
});

test('a viewer whose connection broke goes on where it was; one of another run begins anew', async () => {
  const { stream, url } = await served();
  for (let i = 0; i < 5; i += 1) stream.event(note(i));
  const again = await get(`${url}?live&run=1000.5&after=3`);
  const other = await get(`${url}?live&run=999&after=3`);
  stream.close();
  const lines = (text: string) =>
    text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { mark?: unknown; at?: number });
  assert.equal(
    lines(await whole(again)).map(({ mark, at }) => mark ?? at),
    [{ next: 3, settledNs: 0 }, 3, 4],
  );
  assert.equal(
    lines(await whole(other)).map(({ mark, at }) => mark ?? at),
    [{ next: 0, settledNs: 0 }, 0, 1, 2, 3, 4],
  );
});

test('the live form tells up to when nothing can come any more', async () => {
  const { stream, url } = await served();
  stream.event(note(7_000_000));
  const response = await get(`${url}?live`);
  await until(response, 'event 7000000');
  stream.settle(8_000_000);
  assert.match(await until(response, 'settledNs'), '{"mark":{"next":1,"settledNs":8000000}}');
});

test('a token: nothing without it, and nothing with another', async () => {
  const { stream, url } = await served({ token: 'open-sesame' });
  stream.event(note(1, 'what is said'));
  for (const headers of [
    {},
    { authorization: 'Bearer open-sesamE' },
    { authorization: 'Bearer' },
    { authorization: 'Basic open-sesame' },
  ]) {
    const response = await get(url, headers);
    assert.is(response.statusCode, 401);
    const text = await whole(response);
    assert.match(text, 'needs the token');
    assert.not.match(text, 'what is said');
  }
  assert.is((await get(`${url}?token=open-sesame`)).statusCode, 401, 'a token in a URL would be in logs');
  // a page asks by HEAD, and is told why without an error on its console
  const asked = await get(url, { authorization: 'Bearer open-sesamE' }, 'HEAD');
  assert.equal([asked.statusCode, asked.headers['chatwire-refused']], [204, 'token']);
  const allowed = await get(url, { authorization: 'Bearer open-sesame' }, 'HEAD');
  assert.equal([allowed.statusCode, allowed.headers['chatwire-refused']], [200, undefined]);
  const response = await get(url, { authorization: 'Bearer open-sesame' });
  assert.is(response.statusCode, 200);
  await until(response, 'what is said');
});

test('too many viewers, another method, another site, another name of this machine: refused', async () => {
  const { url } = await served({ maxViewers: 1 });
  assert.is((await get(url)).statusCode, 200);
  assert.is((await get(url)).statusCode, 503);
  assert.is((await get(url, { origin: 'http://evil.example' })).statusCode, 403);
  assert.is((await get(url, { host: 'evil.example' })).statusCode, 421);
  const posted = request(url, { method: 'POST', agent: false });
  posted.end();
  const [response] = (await once(posted, 'response')) as [IncomingMessage];
  assert.is(response.statusCode, 405);
  response.resume();
});

test('no password, no token and no cookie of a real run is in it, in text or in hex', async () => {
  let stream: TraceStream | undefined;
  const record = recorder({
    ...{ title: 'a run', source: 'taps', madeBy: 'a test', startedAtMs: node.clock.now() },
    sink: { event: (event) => stream?.event(event) },
  });
  const { stream: made, url } = await served({}, record.header);
  stream = made;
  const server = new ChatServer(node, { tap: record.tap({ name: 'server', role: 'server' }) });
  const response = await get(url);
  for (const address of ['tcp://127.0.0.1:0', 'udp://127.0.0.1:0', 'http://127.0.0.1:0']) {
    const client = new ChatClient(node, await server.listen(address), { reconnect: false });
    await client.create({ name: 'Dana', password: 'opensesame' });
    await client.say('a word to everybody');
    await client.exit();
  }
  await server.close();
  record.flush();
  stream.close();
  const text = await whole(response);
  assert.is(readTrace(text).trace.events.filter((event) => event.kind === 'frame' && event.type === 'SAY').length, 3);
  for (const secret of ['opensesame', Buffer.from('opensesame').toString('hex'), Buffer.from('opensesame').toString('base64')]) {
    assert.not.match(text.toLowerCase(), secret.toLowerCase());
  }
});

test.run();
