/*
 * One server on every transport that there is, and on the plain-text door of TCP and of Unix sockets: a member over
 * each of them, all in one group and all talking at once. Everybody hears everybody once, and in the same order.
 */
import { connect } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Place, placeFor, TRANSPORTS } from '../../examples/stage/place.js';
import { ChatClient, ChatServer, parseHostPort } from '../../lib/index.js';
import { node } from '../../transports/node.js';
import { endAll, run, Screen } from '../text-door/typed.js';
import { needsTool } from '../tool.js';

const PASSWORD = 'open sesame';
const ROUNDS = 8;
const hasNc = needsTool('nc');
const test = suite('members over different transports');
test.after.each(endAll);

/** A member, however connected. */
interface Member {
  readonly name: string;
  /** What the others said, in the order in which it came. */
  heard(): readonly string[];
  says(text: string): void;
  /** Waits until it has heard so many messages. */
  hears(count: number): Promise<void>;
  leaves(): Promise<unknown>;
}

/** A member by frames. */
async function byFrames(name: string, address: string, group: string): Promise<Member> {
  const chat = new ChatClient(node, address, { reconnect: false });
  const heard: string[] = [];
  let changed = () => {};
  chat.messages$.subscribe(({ text }) => {
    heard.push(text);
    changed();
  });
  await (group === '' ? chat.create({ name, password: PASSWORD }) : chat.join({ name, group, password: PASSWORD }));
  return {
    name,
    heard: () => heard,
    says: (text) => void chat.say(text).catch((error: unknown) => heard.push(String(error))),
    hears: (count) =>
      new Promise((resolve) => {
        changed = () => {
          if (heard.length >= count) resolve();
        };
        changed();
      }),
    leaves: () => chat.exit(),
  };
}

/** A member by lines of text: whatever types and shows them. */
async function byLines(name: string, group: string, { screen, type, ended }: ReturnType<typeof run>): Promise<Member> {
  type(`1\n${name}\n${group}\n${PASSWORD}\n`);
  await screen.until(`connected to group chat #${group}\n`);
  const heard = () => [...screen.text.matchAll(/^\S+: (.*)\n/gm)].map(([, text]) => text as string);
  return {
    name,
    heard,
    says: (text) => type(`${text}\n`),
    hears: (count) => screen.when(() => heard().length >= count, `${count} messages`),
    leaves: () => {
      type('/quit\n');
      return ended;
    },
  };
}

/** A terminal at the text door, played by a socket of this process. */
function terminal(address: string): ReturnType<typeof run> {
  const socket = connect(parseHostPort(address));
  const ended = new Promise<number>((resolve) => socket.once('close', () => resolve(0)));
  const screen = new Screen(ended);
  socket.setEncoding('utf8').on('data', (text: string) => screen.feed(text));
  return { screen, ended, type: (text) => void socket.write(text), endInput: () => void socket.end() };
}

test('everybody hears everybody once, and in the same order', async () => {
  const server = new ChatServer(node);
  const places: Place[] = [];
  const at = new Map<string, string>();
  for (const name of [...TRANSPORTS, 'text+tcp', 'text+unix']) {
    const place = placeFor(name.replace('text+', ''));
    places.push(place);
    at.set(name, await server.listen(name.startsWith('text+') ? `text+${place.address}` : place.address));
  }

  const members: Member[] = [];
  for (const name of TRANSPORTS) members.push(await byFrames(name, at.get(name)!, server.groups[0]?.id ?? ''));
  const { id } = server.groups[0]!;
  members.push(await byLines('text+tcp', id, terminal(at.get('text+tcp')!)));
  if (hasNc) members.push(await byLines('nc', id, run('nc', ['-U', at.get('text+unix')!.slice('text+unix:'.length)])));
  assert.equal(
    server.groups[0]?.members,
    members.map(({ name }) => name),
  );

  const order: string[] = [];
  server.events$.subscribe((event) => {
    if (event.type === 'said') order.push(event.text);
  });
  for (let round = 1; round <= ROUNDS; round += 1) for (const member of members) member.says(`${member.name} says ${round}`);
  await Promise.all(members.map((member) => member.hears((members.length - 1) * ROUNDS)));
  assert.is(order.length, members.length * ROUNDS);
  for (const { name, heard } of members) {
    assert.equal(
      heard(),
      order.filter((text) => !text.startsWith(`${name} says`)),
      `what ${name} heard`,
    );
  }

  await Promise.all(members.map((member) => member.leaves()));
  assert.equal(server.groups[0]?.members, []);
  await server.close();
  for (const place of places) place.clear();
});

test.run();
