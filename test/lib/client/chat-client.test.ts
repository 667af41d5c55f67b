/*
 * ChatClient as its users see it: streams, promises and errors, over memory, with a real server.
 */
import { filter, firstValueFrom, map } from 'rxjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  ChatClient,
  type ChatClientOptions,
  ChatError,
  ChatServer,
  type ChatServerOptions,
  type ClientState,
  type Connection,
  type Transport,
} from '../../../lib/index.js';
import { encodeFrame, type Frame, FrameDecoder } from '../../../lib/wire/index.js';
import { chatHost } from './chat-host.js';

const ADDRESS = 'memory:lobby';
const PASSWORD = '1234';

async function lobby(options: ChatServerOptions = {}) {
  const host = chatHost();
  const start = async (more: ChatServerOptions = {}) => {
    const server = new ChatServer(host, { ...options, ...more });
    await server.listen(ADDRESS);
    return server;
  };
  return { host, server: await start(), start, dial: (more: ChatClientOptions = {}) => new ChatClient(host, ADDRESS, more) };
}

function reached<N extends ClientState['name']>(client: ChatClient, name: N): Promise<Extract<ClientState, { name: N }>> {
  return firstValueFrom(client.state$.pipe(filter((state): state is Extract<ClientState, { name: N }> => state.name === name)));
}

async function failure(promise: Promise<unknown>): Promise<ChatError> {
  try {
    await promise;
  } catch (error) {
    return error as ChatError;
  }
  throw new Error('it did not fail');
}

/** How a call failed, or nothing if it is still open a turn of the event loop after something else. */
function failureBy(call: Promise<unknown>, after: Promise<unknown>): Promise<ChatError | undefined> {
  const later = after.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
  return Promise.race([failure(call), later.then(() => undefined)]);
}

const client = suite('ChatClient');

client('after exit() whatever is asked for is told that this client has ended', async () => {
  const { server, dial } = await lobby();
  const ann = dial();
  await ann.create({ name: 'Ann', password: PASSWORD });
  await ann.exit();
  for (const late of [ann.say('late'), ann.members(), ann.leave(), ann.join({ name: 'Ann', group: '8888', password: PASSWORD })]) {
    assert.is((await failure(late)).code, 'closed');
  }
  assert.throws(
    () => ann.answer('1'),
    (error: unknown) => error instanceof ChatError && error.code === 'closed',
  );
  await server.close();
});

client('the dialogue, question by question, as a person has it', async () => {
  const { server, dial } = await lobby();
  const host = dial();
  const { group } = await host.create({ name: 'Host', password: PASSWORD });
  const bar = dial();
  const asked: string[] = [];
  bar.prompts$.subscribe(({ question, text, options }) => {
    asked.push([text, ...options].join('|'));
    bar.answer({ menu: '1', name: 'Bar', group, password: PASSWORD }[question]);
  });
  const { membership } = await reached(bar, 'chatting');
  assert.equal(asked, [
    'Hello client, please choose an option:|Connect to a group chat.|Create a group chat.|Exit the server.',
    'Enter your name:',
    'Enter group ID:',
    'Enter password:',
  ]);
  assert.equal(membership, { group, name: 'Bar', members: 2, resumed: 'no' });
  await Promise.all([bar.exit(), host.exit()]);
  await server.close();
});

client('a late subscriber sees the question that is open, and no other', async () => {
  const { server, dial } = await lobby();
  const bar = dial();
  await reached(bar, 'asked');
  bar.answer('1');
  await firstValueFrom(bar.prompts$.pipe(filter(({ question }) => question === 'name')));
  assert.is((await firstValueFrom(bar.prompts$)).question, 'name');
  await bar.exit();
  await server.close();
});

client('a refused join says why, and the next one begins at the menu again', async () => {
  const { server, dial } = await lobby();
  const host = dial();
  const { group } = await host.create({ name: 'Host', password: PASSWORD });
  const bar = dial();
  const wrong = await failure(bar.join({ name: 'Bar', group, password: 'no' }));
  assert.instance(wrong, ChatError);
  assert.equal([wrong.code, wrong.question], ['wrong-credentials', 'group']);
  assert.is((await failure(bar.join({ name: ' ', group, password: PASSWORD }))).code, 'bad-name');
  assert.is((await bar.join({ name: 'Bar', group, password: PASSWORD })).members, 2);
  assert.is((await failure(bar.join({ name: 'Bar', group, password: PASSWORD }))).code, 'in-a-group');
  await Promise.all([bar.exit(), host.exit()]);
  await server.close();
});

client('after three wrong answers the server says goodbye', async () => {
  const { server, dial } = await lobby();
  const bar = dial();
  for (let i = 1; i <= 3; i++) assert.is((await failure(bar.join({ name: '', group: '1', password: 'x' }))).code, 'bad-name');
  const { error } = await reached(bar, 'closed');
  assert.is((error as ChatError).code, 'too-many-attempts');
  assert.is((await failure(bar.join({ name: 'Bar', group: '1', password: 'x' }))).code, 'too-many-attempts');
  await server.close();
});

client('say resolves with the place in the order, and refuses what the server would', async () => {
  const { server, dial } = await lobby();
  const [ann, bar] = [dial(), dial()];
  assert.is((await failure(ann.say('too early'))).code, 'not-in-a-group');
  const { group } = await ann.create({ name: 'Ann', password: PASSWORD });
  await bar.join({ name: 'Bar', group, password: PASSWORD });
  const heard = firstValueFrom(bar.messages$);
  const accepted = firstValueFrom(ann.accepted$);
  assert.is(await ann.say('Hi friends'), 1);
  assert.equal(await accepted, { sequence: 1, text: 'Hi friends' });
  const { sequence, sender, text, time } = await heard;
  assert.equal([sequence, sender, text], [1, 'Ann', 'Hi friends']);
  assert.ok(Math.abs(time.getTime() - Date.now()) < 60_000);
  assert.is((await failure(ann.say(''))).code, 'bad-message');
  assert.is((await failure(ann.say('x'.repeat(4001)))).code, 'bad-message');
  assert.is(await ann.say('💬'.repeat(4000)), 2);
  await Promise.all([ann.exit(), bar.exit()]);
  await server.close();
});

client('five hundred messages at once arrive in order', async () => {
  const { server, dial } = await lobby({ messagesPerSecond: Number.POSITIVE_INFINITY });
  const [ann, bar] = [dial(), dial()];
  const { group } = await ann.create({ name: 'Ann', password: PASSWORD });
  await bar.join({ name: 'Bar', group, password: PASSWORD });
  const heard: string[] = [];
  bar.messages$.subscribe(({ text }) => heard.push(text));
  const texts = Array.from({ length: 500 }, (_, i) => `message ${i}`);
  const sequences = await Promise.all(texts.map((text) => ann.say(text)));
  if (heard.length < 500) await firstValueFrom(bar.messages$.pipe(filter(({ sequence }) => sequence === 500)));
  assert.equal(heard, texts);
  assert.equal(
    sequences,
    Array.from({ length: 500 }, (_, i) => i + 1),
  );
  await Promise.all([ann.exit(), bar.exit()]);
  await server.close();
});

client('presence, members, leave, and what was said before leaving', async () => {
  const { server, dial } = await lobby();
  const [ann, bar] = [dial(), dial()];
  const { group } = await ann.create({ name: 'Ann', password: PASSWORD });
  const presence: string[] = [];
  ann.presence$.pipe(map(({ what, name }) => `${name} ${what}`)).subscribe((line) => presence.push(line));
  await bar.join({ name: 'Bar', group, password: PASSWORD });
  assert.equal(await ann.members(), [
    { name: 'Ann', isAway: false },
    { name: 'Bar', isAway: false },
  ]);
  const heard = firstValueFrom(ann.messages$);
  const said = bar.say('and off I go');
  await Promise.all([said, bar.leave()]);
  assert.is((await heard).text, 'and off I go');
  assert.is(bar.state.name, 'asked');
  assert.is((await failure(bar.members())).code, 'not-in-a-group');
  await bar.join({ name: 'Bar2', group, password: PASSWORD });
  assert.equal(
    (await ann.members()).map(({ name }) => name),
    ['Ann', 'Bar2'],
  );
  assert.equal(presence, ['Bar joined', 'Bar left', 'Bar2 joined']);
  await Promise.all([ann.exit(), bar.exit()]);
  await server.close();
});

client('members() behind leave() is told that it is in no group, and is no harm to the next group', async () => {
  const { server, dial } = await lobby();
  const [ann, bar] = [dial(), dial()];
  const { group } = await ann.create({ name: 'Ann', password: PASSWORD });
  await bar.join({ name: 'Bar', group, password: PASSWORD });
  const left = bar.leave();
  assert.is((await failureBy(bar.members(), left))?.code, 'not-in-a-group');
  await left;
  await bar.join({ name: 'Bar', group, password: PASSWORD });
  assert.is((await bar.members()).length, 2);
  await Promise.all([ann.exit(), bar.exit()]);
  await server.close();
});

client('a server that refuses to tell the members is asked again the next time', async () => {
  const host = chatHost();
  const listener = await host.transports[0]?.listen?.(ADDRESS);
  listener?.connections$.subscribe((connection) => {
    const decoder = new FrameDecoder('client');
    const send = (frame: Frame) => connection.send(encodeFrame(frame));
    const answered: Partial<Record<Frame['type'], Frame>> = {
      HELLO: { type: 'PROMPT', id: 1, question: 'menu', text: '', options: [] },
      ANSWER: { type: 'JOINED', group: '1', name: 'Bar', members: 1, nextSequence: 1, token: Uint8Array.of(1), resumed: 'no' },
      WHO: { type: 'REJECTED', code: 'bad-message', question: 'none', id: 0, text: 'Not now.' },
    };
    connection.received$.subscribe({
      next: (chunk) => {
        decoder.push(chunk);
        for (let frame = decoder.next(); frame; frame = decoder.next()) {
          if (frame.type === 'BYE') return connection.abort();
          const answer = answered[frame.type];
          if (answer && !(frame.type === 'ANSWER' && frame.question !== 'menu')) send(answer);
        }
      },
      error: () => {},
    });
  });
  const bar = new ChatClient(host, ADDRESS, { reconnect: false });
  await bar.join({ name: 'Bar', group: '1', password: PASSWORD });
  for (let i = 0; i < 2; i++) {
    assert.is((await failureBy(bar.members(), firstValueFrom(bar.rejections$)))?.message, 'Not now.');
  }
  await bar.exit();
  await listener?.close();
});

client('exit from every state', async () => {
  const { server, dial } = await lobby();
  const connecting = dial();
  await connecting.exit();
  const asked = dial();
  await reached(asked, 'asked');
  await asked.exit();
  const chatting = dial();
  await chatting.create({ name: 'Ann', password: PASSWORD });
  await chatting.exit();
  for (const each of [connecting, asked, chatting]) {
    assert.is(each.state.name, 'closed');
    assert.is((each.state as { error?: Error }).error, undefined);
  }
  await asked.exit(); // a second time is no harm
  await server.close();
});

client('exit while the lost session is coming back: what was said before is told before', async () => {
  const { host, server, dial } = await lobby();
  const ann = dial();
  const { group } = await ann.create({ name: 'Ann', password: PASSWORD });
  const connections: Connection[] = [];
  const [memory] = host.transports as [Transport];
  const watched: Transport = {
    ...memory,
    async dial(address, options) {
      const connection = await memory.dial(address, options);
      connections.push(connection);
      return connection;
    },
  };
  const bar = new ChatClient({ ...host, transports: [watched] }, ADDRESS, { reconnect: { firstDelayMs: 1 } });
  await bar.join({ name: 'Bar', group, password: PASSWORD });
  const heard = firstValueFrom(ann.messages$);
  connections[0]?.abort();
  await reached(bar, 'reconnecting');
  const said = bar.say('last words');
  while (connections.length < 2) await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([said, bar.exit()]);
  assert.is((await heard).text, 'last words');
  await ann.exit();
  await server.close();
});

client('nobody listens: closed, with a sentence, and whoever waits is told', async () => {
  const bar = new ChatClient(chatHost(), ADDRESS);
  const refused = await failure(bar.join({ name: 'Bar', group: '1', password: 'x' }));
  assert.is(refused.code, 'refused');
  const { error } = await reached(bar, 'closed');
  assert.is(error?.code, 'refused');
});

client('a restarted server knows nobody: back to the menu, with a sentence', async () => {
  const { server, start, dial } = await lobby({ retryAfterMs: 0 });
  const ann = dial({ reconnect: { firstDelayMs: 1 } });
  await ann.create({ name: 'Ann', password: PASSWORD });
  const rejection = firstValueFrom(ann.rejections$);
  const reconnecting = reached(ann, 'reconnecting');
  await server.close();
  assert.is((await reconnecting).wasShutDown, true);
  const unheard = failure(ann.say('is anybody there?'));
  const again = await start();
  assert.is((await rejection).code, 'unknown-session');
  assert.is((await unheard).code, 'connection-lost');
  await reached(ann, 'asked');
  assert.is((await ann.create({ name: 'Ann', password: PASSWORD })).members, 1);
  await ann.exit();
  await again.close();
});

client('without a server it gives up after a while', async () => {
  const { server, dial } = await lobby({ retryAfterMs: 0 });
  const ann = dial({ reconnect: { firstDelayMs: 1, giveUpAfterMs: 20 } });
  await ann.create({ name: 'Ann', password: PASSWORD });
  await server.close();
  const { error } = await reached(ann, 'closed');
  assert.is(error?.code, 'refused');
});

client('reconnect: false makes a lost connection the end', async () => {
  const { server, dial } = await lobby();
  const ann = dial({ reconnect: false });
  await ann.create({ name: 'Ann', password: PASSWORD });
  await server.close();
  assert.is((await reached(ann, 'closed')).error?.code, 'shutting-down');
});

client('a server that breaks the protocol is dropped', async () => {
  const host = chatHost();
  const listener = await host.transports[0]?.listen?.(ADDRESS);
  listener?.connections$.subscribe((connection) => {
    connection.received$.subscribe({ error: () => {} });
    connection.send(encodeFrame({ type: 'MESSAGE', sequence: 1, time: 0, sender: 'Eve', text: 'unasked' }));
  });
  const bar = new ChatClient(host, ADDRESS, { reconnect: false });
  const { error } = await reached(bar, 'closed');
  assert.is(error?.code, 'protocol');
  await listener?.close();
});

client('what answers speaks no frames: the end, with a sentence, and no dialling again', async () => {
  const host = chatHost();
  const server = new ChatServer(host);
  await server.listen(`text+${ADDRESS}`);
  const bar = new ChatClient(host, ADDRESS);
  const { error, text } = await reached(bar, 'closed');
  assert.is(error?.code, 'protocol');
  assert.match(text, /does not speak Chatwire's frames; if it is the plain-text door, use nc or telnet/);
  await server.close();
});

client('the plain-text door is refused in a sentence', () => {
  assert.throws(
    () => new ChatClient(chatHost(), 'text+memory:lobby'),
    (error: Error) => /for nc and telnet/.test(error.message),
  );
  assert.throws(
    () => new ChatClient(chatHost(), 'pigeon:roof'),
    (error: Error) => /no transport "pigeon:".*memory:/.test(error.message),
  );
});

client.run();
