/*
 * Who is away, as the members are told: a newcomer and one who comes back both learn it from the list, since nobody
 * repeats to them who came, left and was lost before.
 */
import { filter, firstValueFrom } from 'rxjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatServer, type Connection, type ServerEvent, type Transport, TransportError } from '../../../lib/index.js';
import { chatHost } from './chat-host.js';

const PASSWORD = '1234';
const away = suite('ChatClient: who is away');

/** A client's own way to the server, which can be broken and mended. */
function wayThrough(inner: Transport) {
  let isBroken = false;
  let connection: Connection | undefined;
  const transport: Transport = {
    scheme: inner.scheme,
    reset: inner.reset,
    async dial(address, options) {
      if (isBroken) throw new TransportError('unreachable', 'The way is broken.');
      connection = await inner.dial(address, options);
      return connection;
    },
  };
  return {
    transport,
    break() {
      isBroken = true;
      connection?.abort();
    },
    mend() {
      isBroken = false;
    },
  };
}

away('one that comes back is told who was lost, left and came meanwhile, and a newcomer who is away', async () => {
  const host = chatHost();
  const inner = host.transports[0] as Transport;
  const server = new ChatServer(host);
  const address = await server.listen('memory:lobby');
  const happened = (type: ServerEvent['type'], who: string) =>
    firstValueFrom(server.events$.pipe(filter((event) => event.type === type && 'name' in event && event.name === who)));
  const dial = ({ transport = inner }: { readonly transport?: Transport } = {}) =>
    new ChatClient({ ...host, transports: [transport] }, address, { reconnect: { firstDelayMs: 1, maxDelayMs: 1 } });
  const inWords = async (client: ChatClient) => (await client.members()).map(({ name, isAway }) => (isAway ? `(${name})` : name));

  const ways = [wayThrough(inner), wayThrough(inner)] as const;
  const [ann, bob, cid, dan, eve] = [dial(), dial(ways[0]), dial(ways[1]), dial(), dial()] as const;
  const { group } = await ann.create({ name: 'Ann', password: PASSWORD });
  await bob.join({ name: 'Bob', group, password: PASSWORD });
  await cid.join({ name: 'Cid', group, password: PASSWORD });
  await dan.join({ name: 'Dan', group, password: PASSWORD });
  assert.equal(await inWords(bob), ['Ann', 'Bob', 'Cid', 'Dan']);

  const lost = [happened('lost', 'Bob'), happened('lost', 'Cid')];
  for (const way of ways) way.break();
  await Promise.all(lost);
  await dan.leave();
  await eve.join({ name: 'Eve', group, password: PASSWORD });
  assert.equal(await inWords(eve), ['Ann', '(Bob)', '(Cid)', 'Eve']);

  const told: string[] = [];
  bob.presence$.subscribe(({ name, what }) => told.push(`${name} ${what}`));
  const back = firstValueFrom(bob.state$.pipe(filter((state) => state.name === 'chatting' && state.membership.resumed === 'whole')));
  ways[0].mend();
  await back;
  assert.equal(await inWords(bob), ['Ann', 'Bob', '(Cid)', 'Eve']);
  assert.equal(told, []);

  ways[1].mend();
  await firstValueFrom(bob.presence$);
  assert.equal(told, ['Cid back']);
  assert.equal(await inWords(ann), ['Ann', 'Bob', 'Cid', 'Eve']);
  await Promise.all([ann, bob, cid, dan, eve].map((client) => client.exit()));
  await server.close();
});

away.run();
