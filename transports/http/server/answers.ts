/*
 * The transport's three requests, answered. Everything that may be wrong with one has its status and a sentence.
 */
import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamError } from '../engine/channel.js';
import { RecordReader } from '../wire/read.js';
import { MAX_CHANNELS } from '../wire/records.js';
import { HEADERS, PATHS, readResumptions, VERSION } from '../wire/requests.js';
import { RecordWriter } from '../wire/write.js';
import { DownStream } from './down-stream.js';
import type { Session } from './session.js';
import type { Sessions } from './sessions.js';

/** What the answers need. */
export interface Desk {
  readonly sessions: Sessions;
  readonly maxBodyBytes: number;
  now(): number;
  /** Makes a session for whoever asks; undefined if there is no room. */
  open(request: IncomingMessage): Session | undefined;
}

/** Whether a path is the transport's own. */
export function isOwnPath(path: string): boolean {
  return path === '/chatwire' || path.startsWith('/chatwire/');
}

/** Answers one of the transport's own requests. */
export function answer(desk: Desk, path: string, request: IncomingMessage, response: ServerResponse): void {
  const method = METHODS.get(path);
  if (method === undefined) return refuse(response, 404, 'Nothing is at this path.');
  if (request.method !== method) return refuse(response, 405, `Only ${method} is understood here.`, { allow: method });
  if (request.headers[HEADERS.version] !== VERSION) {
    return refuse(response, 400, `This server speaks version ${VERSION} of the HTTP transport: use the client that came with it.`);
  }
  if (path === PATHS.open) open(desk, request, response);
  else if (path === PATHS.up) takeUp(desk, request, response);
  else sendDown(desk, request, response);
}

/** Refuses in a sentence, and reads no more of the request. */
export function refuse(response: ServerResponse, status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): void {
  const isWhole = response.req.complete;
  response.writeHead(status, {
    ...headers,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...(!isWhole && { connection: 'close' }),
  });
  response.end(`${sentence}\n`);
}

const METHODS: ReadonlyMap<string, string> = new Map([
  [PATHS.open, 'POST'],
  [PATHS.up, 'POST'],
  [PATHS.down, 'GET'],
]);

function open(desk: Desk, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const session = desk.open(request);
  if (!session) return refuse(response, 503, 'This server has no room for another connection: try again later.');
  const { id, connection } = session;
  // Nobody else has been told the ID, so without this answer there will never be another request.
  response.on('close', () => {
    if (!response.writableFinished) connection.abort();
  });
  response.writeHead(201, {
    [HEADERS.session]: id,
    [HEADERS.client]: connection.remote,
    [HEADERS.server]: connection.local,
    'content-length': 0,
    'cache-control': 'no-store',
  });
  response.end();
}

function takeUp({ sessions, maxBodyBytes, now }: Desk, request: IncomingMessage, response: ServerResponse): void {
  const id = request.headers[HEADERS.session];
  if (typeof id !== 'string') return refuse(response, 400, 'The request names no session.');
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return tooLarge(response, maxBodyBytes);
  const session = sessions.get(id);
  if (!session) {
    request.resume();
    return send(response, 200, new RecordWriter().write(0, sessions.lastWord(id))); // no 404: a browser would show it as an error
  }
  session.supersede?.();
  const supersede = () => request.destroy();
  session.supersede = supersede;
  session.heard(now());
  const reader = new RecordReader();
  let length = 0;
  let isRead = false;
  request.on('error', () => undefined); // cut off: what was whole was taken, the rest comes again
  request.on('close', () => {
    if (session.supersede === supersede) session.supersede = undefined;
  });
  request.on('data', (chunk: Buffer) => {
    if (isRead) return;
    length += chunk.length;
    isRead = length > maxBodyBytes || !take(session, reader, chunk);
    if (length > maxBodyBytes) tooLarge(response, maxBodyBytes);
    else if (isRead) send(response, 409, new RecordWriter().write(0, session.connection.channel.lastWord));
  });
  request.on('end', () => {
    if (isRead) return;
    const { channel, isOver } = session.connection;
    const writer = new RecordWriter();
    if (isOver) writer.write(0, channel.lastWord);
    else channel.pullAck(0, writer);
    send(response, 200, writer);
  });
}

/** Takes what came; false if it broke the rules. */
function take(session: Session, reader: RecordReader, chunk: Uint8Array): boolean {
  const { connection } = session;
  try {
    for (const { channel, record } of reader.read(chunk)) {
      if (channel !== 0) throw new StreamError('a POST carries one connection, under channel 0');
      connection.take(record);
    }
    const { lastWord } = connection.channel;
    return !(lastWord.type === 'RESET' && lastWord.code === 'protocol'); // dropped here meanwhile is no fault of the peer's
  } catch (cause) {
    connection.breakRules(cause);
    return false;
  }
}

function sendDown({ sessions, now }: Desk, request: IncomingMessage, response: ServerResponse): void {
  const header = request.headers[HEADERS.sessions];
  const list = typeof header === 'string' ? readResumptions(header) : undefined;
  if (!list || list.length > MAX_CHANNELS || new Set(list.map(({ session }) => session)).size < list.length) {
    return refuse(response, 400, `The request must name 1 to ${MAX_CHANNELS} sessions, each with its offset.`);
  }
  request.resume();
  const found = list.map(({ session, offset }) => ({ id: session, session: sessions.get(session), offset }));
  // A GET that was overtaken by a newer request asks for what is no longer kept: it must not take the newer one's place.
  const isStale = found.some(({ session, offset }) => session && offset < session.connection.channel.out.acknowledged);
  if (isStale) return refuse(response, 409, 'The stream has gone on meanwhile: this request came too late.');
  const stream = new DownStream(response, now);
  for (const { id, session, offset } of found) {
    session?.heard(now());
    if (session) session.connection.take({ type: 'ACK', received: offset, limit: 0 });
    if (session && !session.connection.isOver) stream.add(session);
    else stream.addWord((channel, writer) => writer.write(channel, session?.connection.channel.lastWord ?? sessions.lastWord(id)));
  }
  stream.endIfEmpty();
}

function tooLarge(response: ServerResponse, maxBodyBytes: number): void {
  refuse(response, 413, `The body of a request may have ${maxBodyBytes} bytes at most.`);
}

function send(response: ServerResponse, status: number, writer: RecordWriter): void {
  response.writeHead(status, {
    'content-type': 'application/octet-stream',
    'content-length': writer.length,
    'cache-control': 'no-store',
  });
  response.end(Buffer.from(writer.bytes.buffer, writer.bytes.byteOffset, writer.length));
}
