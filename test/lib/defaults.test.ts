/*
 * An option that is undefined counts as not given, wherever options have defaults.
 */
import { filter, firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withDefaults } from '../../lib/defaults.js';
import { ChatClient, type ChatClientOptions, ChatServer, type ChatServerOptions } from '../../lib/index.js';
import { chatHost } from './client/chat-host.js';

test('what is given takes the place of the default, undefined does not, and what has no default is left out', () => {
  const defaults = { first: 1, second: 2, third: 3, fourth: true };
  const given = { first: 10, second: undefined, third: 0, fourth: false, fifth: 5 };
  assert.equal(withDefaults(defaults, given), { first: 10, second: 2, third: 0, fourth: false });
  assert.equal(defaults, { first: 1, second: 2, third: 3, fourth: true });
});

// what a program in JavaScript writes: { maxConnections: config.maxConnections }
const undefinedLimits = { maxConnections: undefined, messageBurst: undefined, maxConnectionsPerSource: undefined, maxGroups: undefined };
const undefinedPolicy = { reconnect: { firstDelayMs: undefined, maxDelayMs: undefined, giveUpAfterMs: undefined } };

test('a server whose limits are undefined has the usual ones', async () => {
  const host = chatHost();
  const server = new ChatServer(host, undefinedLimits as unknown as ChatServerOptions);
  await server.listen('memory:lobby');
  const ann = new ChatClient(host, 'memory:lobby');
  const { group } = await ann.create({ name: 'Ann', password: 'secret' });
  assert.is(await ann.say('hello'), 1);
  assert.equal(server.groups, [{ id: group, members: ['Ann'], lastSequence: 1 }]);
  await ann.exit();
  await server.close();
});

test('a client whose ways of coming back are undefined has the usual ones', async () => {
  const host = chatHost();
  const server = new ChatServer(host);
  await server.listen('memory:lobby');
  const ann = new ChatClient(host, 'memory:lobby', undefinedPolicy as unknown as ChatClientOptions);
  await ann.create({ name: 'Ann', password: 'secret' });
  const lost = firstValueFrom(ann.state$.pipe(filter(({ name }) => name === 'reconnecting' || name === 'closed')));
  await server.close();
  const state = await lost;
  assert.ok(state.name === 'reconnecting' && state.delayMs > 0, JSON.stringify(state));
  await ann.exit();
});

test.run();
