/*
 * Peers that are no clients of ours: other sites' pages, stolen sessions, requests out of order, doubled, cut, too large,
 * too slow, opened by the thousand and never read. Each is refused in a defined way, and whoever behaves is not harmed.
 */
import { Buffer } from 'node:buffer';
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect, type Socket } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Connection, Listener } from '../../../lib/transport.js';
import { parseHostPort, type TransportError } from '../../../lib/transport.js';
import { type HttpOptions, httpTransport } from '../../../transports/http/index.js';
import { RecordReader } from '../../../transports/http/wire/read.js';
import type { Record } from '../../../transports/http/wire/records.js';
import { RecordWriter } from '../../../transports/http/wire/write.js';

const test = suite('http: hostile peers');

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A server with one member that behaves: it must get its echo whatever else happens. */
async function besieged(options: HttpOptions, play: (siege: Siege) => Promise<void>): Promise<void> {
  const transport = httpTransport(options);
  const listener = await transport.listen!('http://127.0.0.1:0');
  const siege = new Siege(listener);
  const member = await transport.dial(listener.address);
  siege.member = member;
  try {
    await play(siege);
    await siege.memberIsWell();
  } finally {
    member.abort();
    for (const connection of siege.accepted) connection.abort();
    await listener.close();
    siege.agent.destroy();
    await Promise.all([member, ...siege.accepted].map(({ closed }) => closed));
  }
}

class Siege {
  member!: Connection;
  readonly accepted: Connection[] = [];
  readonly agent = new Agent({ keepAlive: true, maxSockets: 50 });
  readonly host: string;
  readonly port: number;

  constructor(listener: Listener) {
    ({ host: this.host, port: this.port } = parseHostPort(listener.address));
    listener.connections$.subscribe((connection) => {
      this.accepted.push(connection);
      if (this.accepted.length === 1) connection.received$.subscribe({ next: (chunk) => connection.send(chunk), error: () => undefined });
    });
  }

  get lastAccepted(): Connection {
    return this.accepted.at(-1) as Connection;
  }

  /** The one who behaves sends and gets its echo. */
  async memberIsWell(): Promise<void> {
    const echo = new Promise<void>((resolve, reject) => {
      const subscription = this.member.received$.subscribe({
        next: () => {
          subscription.unsubscribe();
          resolve();
        },
        error: reject,
      });
    });
    this.member.send(Uint8Array.of(1));
    await echo;
  }

  ask(options: RequestOptions, body?: Uint8Array): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { 'chatwire-version': '1', ...(options.headers as object) };
      const request = httpRequest({ agent: this.agent, host: this.host, port: this.port, ...options, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Opens a session by hand. */
  async open(): Promise<string> {
    const { status, headers } = await this.ask({ method: 'POST', path: '/chatwire/open' });
    assert.is(status, 201);
    return headers['chatwire-session'] as string;
  }

  post(session: string, records: readonly Record[], headers: object = {}): Promise<Answer> {
    const writer = new RecordWriter();
    for (const record of records) writer.write(0, record);
    return this.ask({ method: 'POST', path: '/chatwire/up', headers: { 'chatwire-session': session, ...headers } }, writer.bytes);
  }

  /** Something on a bare socket; the answer's first line, once the server closes. */
  raw(text: string): { readonly socket: Socket; readonly answer: Promise<string> } {
    const socket = connect(this.port, this.host);
    let said = '';
    socket.on('data', (chunk) => (said += String(chunk))).on('error', () => undefined);
    socket.write(text);
    return { socket, answer: new Promise((resolve) => socket.on('close', () => resolve(said.split('\r\n')[0] ?? ''))) };
  }
}

const data = (offset: number, text: string): Record => ({ type: 'DATA', offset, data: Buffer.from(text) });
const recordsIn = ({ body }: Answer) => new RecordReader().read(body).map(({ record }) => record);

for (const [name, headers, status] of [
  ['a name that somebody points here (DNS rebinding)', { host: 'evil.example:80' }, 421],
  ['a Host that cannot be read', { host: 'a b' }, 400],
  ['another site’s Origin', { origin: 'http://evil.example' }, 403],
  ['another port’s Origin', { origin: 'http://127.0.0.1:1' }, 403],
  ['the Origin of a sandboxed frame', { origin: 'null' }, 403],
  ['a request that the browser says is cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a request that the browser says is of the same site, but another origin', { 'sec-fetch-site': 'same-site' }, 403],
  ['another version', { 'chatwire-version': '9' }, 400],
] as const) {
  test(`refused: ${name}`, () =>
    besieged({}, async (siege) => {
      const before = siege.accepted.length;
      const answer = await siege.ask({ method: 'POST', path: '/chatwire/open', headers });
      assert.is(answer.status, status);
      assert.match(String(answer.body), /^[A-Z].*\.\n$/);
      assert.is(answer.headers['chatwire-session'], undefined);
      assert.is(answer.headers['access-control-allow-origin'], undefined);
      assert.is(siege.accepted.length, before);
    }));
}

test('pages: the same guard, the security headers, and links from elsewhere may lead there', () =>
  besieged({ pages: (_, response) => response.end('page'), allowedHosts: ['class.example'] }, async (siege) => {
    const page = await siege.ask({ path: '/', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } });
    assert.is(page.status, 200);
    assert.is(String(page.body), 'page');
    assert.match(String(page.headers['content-security-policy']), "script-src 'self'");
    assert.match(String(page.headers['content-security-policy']), "frame-ancestors 'none'");
    assert.is(page.headers['x-content-type-options'], 'nosniff');
    assert.is(page.headers['referrer-policy'], 'no-referrer');
    assert.is((await siege.ask({ path: '/', headers: { host: 'class.example' } })).status, 200);
    assert.is((await siege.ask({ path: '/', headers: { host: 'evil.example' } })).status, 421);
    assert.is((await siege.ask({ path: '/', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } })).status, 403);
    assert.is((await siege.ask({ method: 'OPTIONS', path: '/chatwire/open', headers: { origin: 'http://evil.example' } })).status, 403);
  }));

test('no page there: told in a sentence; unknown paths and methods, too', () =>
  besieged({}, async (siege) => {
    assert.is((await siege.ask({ path: '/' })).status, 404);
    assert.is((await siege.ask({ path: '/chatwire/else' })).status, 404);
    const { status, headers } = await siege.ask({ method: 'GET', path: '/chatwire/open' });
    assert.is(status, 405);
    assert.is(headers.allow, 'POST');
  }));

test('a stolen session is of no use to another origin', () =>
  besieged({}, async (siege) => {
    const session = await siege.open();
    const stolen = await siege.post(session, [data(0, 'forged')], { origin: 'http://evil.example' });
    assert.is(stolen.status, 403);
    const get = { path: '/chatwire/down', headers: { 'chatwire-sessions': `${session}.0`, origin: 'http://evil.example' } };
    assert.is((await siege.ask(get)).status, 403);
    assert.equal(recordsIn(await siege.post(session, []))[0], { type: 'ACK', received: 0, limit: 262_144 });
  }));

test('session IDs are long and never the same', () =>
  besieged({}, async (siege) => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => siege.open()));
    assert.is(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[\w-]{32}$/); // 24 bytes: 192 bits
  }));

test('a POST twice, and one that overlaps: taken once', () =>
  besieged({}, async (siege) => {
    const session = await siege.open();
    const text: string[] = [];
    siege.lastAccepted.received$.subscribe({ next: (chunk) => text.push(String(Buffer.from(chunk))), error: () => undefined });
    await siege.post(session, [data(0, 'one ')]);
    await siege.post(session, [data(0, 'one ')]);
    const answer = await siege.post(session, [data(0, 'one two')]);
    assert.is(text.join(''), 'one two');
    assert.is((recordsIn(answer)[0] as { received: number }).received, 7);
  }));

test('a gap ends that connection with `protocol`, and says so', () =>
  besieged({}, async (siege) => {
    const session = await siege.open();
    const answer = await siege.post(session, [data(5, 'too far')]);
    assert.is(answer.status, 409);
    const [reset] = recordsIn(answer);
    assert.is(reset?.type === 'RESET' && reset.code, 'protocol');
    const { by, error } = await siege.lastAccepted.closed;
    assert.is(by, 'remote');
    assert.is(error?.code, 'protocol');
    assert.equal(recordsIn(await siege.post(session, []))[0], reset); // and again, to whoever asks later
    const unknown = recordsIn(await siege.post('a-session-that-never-was', []))[0];
    assert.is(unknown?.type === 'RESET' && unknown.code, 'unknown');
  }));

for (const [name, body] of [
  ['what is no record', Uint8Array.of(99, 0, 0, 0)],
  ['a record for another channel', new RecordWriter().write(3, { type: 'PING' }).bytes],
  ['an acknowledgement of what was never sent', new RecordWriter().write(0, { type: 'ACK', received: 9, limit: 9 }).bytes],
  ['more than there is room for', flood(300_000)],
] as const) {
  test(`${name} ends that connection with \`protocol\``, () =>
    besieged({}, async (siege) => {
      const session = await siege.open();
      const answer = await siege.ask({ method: 'POST', path: '/chatwire/up', headers: { 'chatwire-session': session } }, body);
      assert.is(answer.status, 409);
      assert.is((await siege.lastAccepted.closed).error?.code, 'protocol');
    }));
}

function flood(bytes: number): Uint8Array {
  const writer = new RecordWriter();
  for (let offset = 0; offset < bytes; offset += 30_000) writer.write(0, { type: 'DATA', offset, data: new Uint8Array(30_000) });
  return writer.bytes;
}

test('a POST that is cut: what was whole is taken, the rest comes again', () =>
  besieged({}, async (siege) => {
    const session = await siege.open();
    const text: string[] = [];
    const got = new Promise<void>((resolve) => {
      siege.lastAccepted.received$.subscribe({
        next: (chunk) => {
          text.push(String(Buffer.from(chunk)));
          resolve();
        },
        error: () => undefined,
      });
    });
    const body = Buffer.from(new RecordWriter().write(0, data(0, 'whole ')).write(0, data(6, 'cut')).bytes);
    const head = `POST /chatwire/up HTTP/1.1\r\nHost: 127.0.0.1\r\nChatwire-Version: 1\r\nChatwire-Session: ${session}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const { socket } = siege.raw(head);
    socket.write(body.subarray(0, -2));
    await got;
    socket.destroy();
    const answer = await siege.post(session, [data(6, 'cut')]);
    assert.is(text.join(''), 'whole cut');
    assert.is((recordsIn(answer)[0] as { received: number }).received, 9);
  }));

test('a newer POST takes the place of one that hangs', () =>
  besieged({}, async (siege) => {
    const session = await siege.open();
    const head = `POST /chatwire/up HTTP/1.1\r\nHost: 127.0.0.1\r\nChatwire-Version: 1\r\nChatwire-Session: ${session}\r\nContent-Length: 500\r\n\r\n`;
    const hanging = siege.raw(head);
    // one after the other, since only then it is sure that the first was read before
    await siege.ask({ path: '/' });
    await siege.post(session, []);
    await siege.post(session, [data(0, 'now')]);
    assert.is(await hanging.answer, ''); // closed, and not for being slow: that would be 408
  }));

test('a body that is too large is refused unread, by what it says and by what it is', () =>
  besieged({ maxBodyBytes: 1000 }, async (siege) => {
    const session = await siege.open();
    const declared = await siege.ask(
      { method: 'POST', path: '/chatwire/up', headers: { 'chatwire-session': session, 'content-length': 5000 } },
      new Uint8Array(5000),
    );
    assert.is(declared.status, 413);
    const ping = Buffer.from(new RecordWriter().write(0, { type: 'PING' }).bytes);
    const undeclared = await siege.ask(
      { method: 'POST', path: '/chatwire/up', headers: { 'chatwire-session': session, 'transfer-encoding': 'chunked' } },
      Buffer.concat(Array.from({ length: 500 }, () => ping)),
    );
    assert.is(undeclared.status, 413);
    assert.is((await siege.post(session, [data(0, 'well')])).status, 200);
  }));

test('slowloris: a head or a body that does not come to an end is closed with 408', () =>
  besieged({ headersTimeoutMs: 100, requestTimeoutMs: 200 }, async (siege) => {
    const slowHead = siege.raw('POST /chatwire/open HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    const slowBody = siege.raw('POST /chatwire/open HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n1');
    assert.match(await slowHead.answer, /408/);
    slowBody.socket.destroy();
  }));

test('a session that nobody comes for is given up, and so is one whose stream broke off', () =>
  besieged({ openTimeoutMs: 50, graceMs: 100 }, async (siege) => {
    await siege.open();
    const unwanted = siege.lastAccepted;
    const { error } = await unwanted.closed;
    assert.is(error?.code, 'timeout');
    assert.match(error?.message ?? '', /no longer answers/);
    const session = await siege.open();
    const left = siege.lastAccepted;
    const get = `GET /chatwire/down HTTP/1.1\r\nHost: 127.0.0.1\r\nChatwire-Version: 1\r\nChatwire-Sessions: ${session}.0\r\n\r\n`;
    const { socket } = siege.raw(get);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    assert.is((await left.closed).error?.code, 'timeout');
    const reset = recordsIn(await siege.post(session, []))[0];
    assert.is(reset?.type === 'RESET' && reset.code, 'timeout');
  }));

test('one that reads and never acknowledges is asked, and given up', () =>
  besieged({ pingMs: 30, idleTimeoutMs: 150 }, async (siege) => {
    const session = await siege.open();
    const silent = siege.lastAccepted;
    const get = `GET /chatwire/down HTTP/1.1\r\nHost: 127.0.0.1\r\nChatwire-Version: 1\r\nChatwire-Sessions: ${session}.0\r\n\r\n`;
    siege.raw(get);
    assert.is((await silent.closed).error?.code, 'timeout');
  }));

test('a slow reader: send() says false, memory stays bounded, and the others are served', () =>
  besieged({}, async (siege) => {
    const session = await siege.open();
    const slow = siege.lastAccepted;
    const get = `GET /chatwire/down HTTP/1.1\r\nHost: 127.0.0.1\r\nChatwire-Version: 1\r\nChatwire-Sessions: ${session}.0\r\n\r\n`;
    const { socket } = siege.raw(get);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const chunk = new Uint8Array(16 * 1024);
    while (slow.send(chunk));
    assert.ok(slow.bufferedBytes <= 128 * 1024 + chunk.length, `${slow.bufferedBytes} bytes`);
    await siege.memberIsWell();
    socket.destroy();
  }));

test('one that shares its stream with a flood is told of its end all the same', () =>
  besieged({}, async (siege) => {
    const flooded: string[] = [];
    for (let more = 0; more < 63; more += 1) flooded.push(await siege.open()); // more than the kernel takes for one socket
    const floods = siege.accepted.slice(1);
    const other = await siege.open();
    const dropped = siege.lastAccepted;
    const list = [...flooded, other].map((id) => `${id}.0`).join(', ');
    const { socket } = siege.raw(
      `GET /chatwire/down HTTP/1.1\r\nHost: 127.0.0.1\r\nChatwire-Version: 1\r\nChatwire-Sessions: ${list}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const chunk = new Uint8Array(192 * 1024);
    for (const flood of floods) flood.send(chunk);
    await siege.memberIsWell(); // the flood has left for the socket by then
    dropped.abort();
    const end = Buffer.from(new RecordWriter().write(63, { type: 'RESET', code: 'aborted', text: '' }).bytes);
    const told = new Promise<void>((resolve) => {
      let tail = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        tail = Buffer.concat([tail, chunk]).subarray(-100_000);
        if (tail.includes(end)) resolve();
      });
    });
    socket.resume();
    await told;
    socket.destroy();
  }));

test('a GET that was overtaken does not take the newer one’s place', () =>
  besieged({}, async (siege) => {
    const session = await siege.open();
    siege.lastAccepted.send(Buffer.from('hello'));
    const get = (offset: number) =>
      `GET /chatwire/down HTTP/1.1\r\nHost: 127.0.0.1\r\nChatwire-Version: 1\r\nChatwire-Sessions: ${session}.${offset}\r\n\r\n`;
    const first = siege.raw(get(0));
    await new Promise((resolve) => first.socket.once('data', resolve));
    await siege.post(session, [{ type: 'ACK', received: 5, limit: 1000 }]);
    const late = await siege.ask({ path: '/chatwire/down', headers: { 'chatwire-sessions': `${session}.0` } });
    assert.is(late.status, 409);
    assert.not(first.socket.destroyed);
    first.socket.destroy();
  }));

test('more sessions than allowed are refused; the dialler is told in a sentence', () =>
  besieged({ maxSessions: 1 }, async (siege) => {
    const answer = await siege.ask({ method: 'POST', path: '/chatwire/open' });
    assert.is(answer.status, 503);
    const error = await httpTransport()
      .dial(`http://${siege.host}:${siege.port}`)
      .then(
        () => undefined,
        (reason: unknown) => reason as TransportError,
      );
    assert.is(error?.code, 'refused');
    assert.match(error?.message ?? '', 'This server has no room for another connection: try again later.');
  }));

test('10,000 streams that are opened and never read: some kilobytes each, the others are served, and the next is refused', () =>
  besieged({ openTimeoutMs: 60_000, maxSessions: 10_001 }, async (siege) => {
    const before = process.memoryUsage();
    const ids: string[] = [];
    for (let opened = 0; opened < 10_000; opened += 50) ids.push(...(await Promise.all(Array.from({ length: 50 }, () => siege.open()))));
    const sockets: Socket[] = [];
    for (let first = 0; first < ids.length; first += 64) {
      const list = ids.slice(first, first + 64).map((id) => `${id}.0`);
      const { socket } = siege.raw(
        `GET /chatwire/down HTTP/1.1\r\nHost: 127.0.0.1\r\nChatwire-Version: 1\r\nChatwire-Sessions: ${list.join(', ')}\r\n\r\n`,
      );
      await new Promise((resolve) => socket.once('data', resolve));
      socket.pause();
      sockets.push(socket);
    }
    const chunk = new Uint8Array(16 * 1024); // one piece for all, as a server's messages are
    for (const connection of siege.accepted.slice(1)) while (connection.send(chunk));
    await siege.memberIsWell();
    const after = process.memoryUsage();
    const each = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 10_000;
    assert.ok(each < 60_000, `${Math.round(each)} bytes each`);
    assert.is((await siege.ask({ method: 'POST', path: '/chatwire/open' })).status, 503);
    for (const socket of sockets) socket.destroy();
  }));

test.run();
