/*
 * Tabs that share one stream, without a browser: the worker's side and the tabs' side joined by MessageChannels, over
 * requests that are counted. In a browser: tabs.browser.test.ts.
 */
import { Buffer } from 'node:buffer';
import { MessageChannel } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Connection, Listener } from '../../../lib/transport.js';
import { clock } from '../../../transports/host/clock.js';
import { dial } from '../../../transports/http/client/dial.js';
import { nodePort } from '../../../transports/http/client/node-port.js';
import { CLIENT_SETTINGS, type Ground } from '../../../transports/http/client/settings.js';
import { httpTransport } from '../../../transports/http/index.js';
import type { TabPort } from '../../../transports/http/shared/messages.js';
import { SharedDown } from '../../../transports/http/shared/tab-side.js';
import { tabDesk } from '../../../transports/http/shared/worker-side.js';

const test = suite('http: tabs that share a stream');

/** A server that echoes, and a browser's worth of tabs. */
async function browser(play: (rig: Rig) => Promise<void>): Promise<void> {
  const listener = await httpTransport().listen!('http://127.0.0.1:0');
  const rig = new Rig(listener);
  try {
    await play(rig);
  } finally {
    for (const connection of rig.accepted) connection.abort();
    await Promise.all(rig.accepted.map(({ closed }) => closed));
    await listener.close();
    rig.close();
  }
}

class Rig {
  readonly accepted: Connection[] = [];
  /** GETs that are open now, and all that there were. */
  gets = { open: 0, all: 0 };
  readonly #ports: { close(): void }[] = [];
  readonly #requests = nodePort();
  readonly #take = tabDesk((origin) => this.ground(origin));

  constructor(private readonly listener: Listener) {
    listener.connections$.subscribe((connection) => {
      this.accepted.push(connection);
      connection.received$.subscribe({
        next: (chunk) => connection.send(chunk),
        complete: () => void connection.end(),
        error: () => undefined,
      });
    });
  }

  ground(origin: string): Ground {
    const { gets } = this;
    const requests = this.#requests;
    return {
      clock,
      origin,
      settings: CLIENT_SETTINGS,
      port: {
        ...requests,
        async request(request) {
          if (request.method !== 'GET') return requests.request(request);
          gets.all += 1;
          const reply = await requests.request(request);
          return { ...reply, body: counted(reply.body, gets) };
        },
      },
    };
  }

  /** A tab: what it dials with. */
  tab(): { readonly down: SharedDown; dial(): Promise<Connection> } {
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1);
    this.#take(port2 as unknown as TabPort);
    const { address } = this.listener;
    const down = new SharedDown(port1 as unknown as TabPort, address);
    const way = { ground: this.ground(address), downlink: down, released: () => undefined };
    return { down, dial: () => dial(address, { clock, tap: undefined }, () => way) };
  }

  close(): void {
    for (const port of this.#ports) port.close();
    this.#requests.close();
  }
}

async function* counted(body: AsyncIterable<Uint8Array>, gets: { open: number }): AsyncGenerator<Uint8Array> {
  gets.open += 1;
  try {
    yield* body;
  } finally {
    gets.open -= 1;
  }
}

/** Sends a text and waits until it has come back. */
function echoed(connection: Connection, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let back = '';
    const subscription = connection.received$.subscribe({
      next: (chunk) => {
        back += String(Buffer.from(chunk));
        if (back.length < text.length) return;
        subscription.unsubscribe();
        if (back === text) resolve();
        else reject(new Error(`"${back}" came back`));
      },
      error: reject,
    });
    connection.send(Buffer.from(text));
  });
}

test('many tabs, one GET; one that joins or goes in the middle harms no other', () =>
  browser(async (rig) => {
    const first = await rig.tab().dial();
    const long = echoed(first, 'x'.repeat(300_000));
    const others: Connection[] = [];
    for (let tab = 0; tab < 7; tab += 1) others.push(await rig.tab().dial());
    await Promise.all([long, ...others.map((connection, index) => echoed(connection, `tab ${index} `.repeat(1000)))]);
    assert.is(rig.gets.open, 1);
    others[0]?.abort();
    await others[0]?.closed;
    await Promise.all([first, ...others.slice(1)].map((connection) => echoed(connection, 'still here')));
    for (const connection of [first, ...others.slice(1)]) connection.received$.subscribe({ error: () => undefined });
    for (const connection of [first, ...others.slice(1)]) void connection.end();
    for (const connection of [first, ...others.slice(1)]) assert.is((await connection.closed).error, undefined);
    assert.is(rig.gets.open, 0);
  }));

test('a tab that is closed is gone at once at the server, and only that one', () =>
  browser(async (rig) => {
    const staying = await rig.tab().dial();
    const tab = rig.tab();
    await tab.dial();
    const [, goes] = rig.accepted as [Connection, Connection];
    tab.down.leave();
    const { by, error } = await goes.closed;
    assert.is(by, 'remote');
    assert.is(error?.code, 'reset');
    await echoed(staying, 'still here');
    staying.abort();
    await staying.closed;
  }));

test('a worker that fails ends the connections of its tabs with a sentence', () =>
  browser(async (rig) => {
    const tab = rig.tab();
    const connection = await tab.dial();
    tab.down.failed('The script could not be loaded: reload the page.');
    const { error } = await connection.closed;
    assert.is(error?.code, 'reset');
    assert.match(error?.message ?? '', 'reload the page');
  }));

test('a server that is gone is told to every tab', () =>
  browser(async (rig) => {
    const [one, other] = [await rig.tab().dial(), await rig.tab().dial()];
    for (const connection of rig.accepted) connection.abort();
    for (const { closed } of [one, other]) assert.is((await closed).error?.code, 'reset');
  }));

test.run();
