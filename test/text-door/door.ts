/*
 * A server with a plain-text door and a door for frames, and in it the assignment's group: #8888 with the
 * password 1234 and the members client12 and client20. For the tests of this folder.
 */
import { filter, firstValueFrom, ReplaySubject } from 'rxjs';
import { groupIds } from '../../examples/stage/group-ids.js';
import { ChatClient, ChatServer, MemoryGroupLog, type Message, parseHostPort, type ServerEvent } from '../../lib/index.js';
import { node } from '../../transports/node.js';

/** The opening message, as text. */
export const MENU = `Hello client, please choose an option:
1. Connect to a group chat.
2. Create a group chat.
3. Exit the server.
`;
/** What a client of the text door types to be in group #8888. */
export const JOIN = '1\nBar\n8888\n1234\n';
/** What it is told meanwhile. */
export const JOINED = `${MENU}Enter your name:\nEnter group ID:\nEnter password:\nYou're connected to group chat #8888\n`;

/** A server, and who is in its group. */
export interface Door {
  /** Host and port of the plain-text door, as `nc` and `telnet` take them. */
  readonly place: readonly [host: string, port: string];
  readonly server: ChatServer;
  readonly client12: Member;
  readonly client20: Member;
  /** A framed client, not yet in a group. */
  dial(): ChatClient;
  /** The first event of a type, be it over already or still to come. */
  happened<T extends ServerEvent['type']>(type: T): Promise<Extract<ServerEvent, { readonly type: T }>>;
  close(): Promise<void>;
}

/** A framed member. */
export interface Member {
  readonly chat: ChatClient;
  /** The next message whose text is this, be it there already or still to come. */
  hears(text: string): Promise<Message>;
}

/** Opens it. */
export async function openDoor(): Promise<Door> {
  const ids = groupIds(node);
  ids.next('8888');
  const server = new ChatServer(node, { log: new MemoryGroupLog({ randomBytes: (count) => ids.randomBytes(count) }) });
  const text = await server.listen('text+tcp://127.0.0.1:0');
  const frames = await server.listen('tcp://127.0.0.1:0');
  const clients: ChatClient[] = [];
  const dial = () => {
    const chat = new ChatClient(node, frames, { reconnect: false });
    clients.push(chat);
    return chat;
  };
  const [client12, client20] = [member(dial()), member(dial())];
  await client12.chat.create({ name: 'client12', password: '1234' });
  await client20.chat.join({ name: 'client20', group: '8888', password: '1234' });
  const events$ = new ReplaySubject<ServerEvent>(); // from here on: the two are no news
  server.events$.subscribe(events$);
  const { host, port } = parseHostPort(text);
  return {
    place: [host, String(port)],
    server,
    client12,
    client20,
    dial,
    happened: <T extends ServerEvent['type']>(type: T) =>
      firstValueFrom(events$.pipe(filter((event): event is Extract<ServerEvent, { readonly type: T }> => event.type === type))),
    async close() {
      await Promise.all(clients.map((chat) => chat.exit()));
      await server.close();
    },
  };
}

function member(chat: ChatClient): Member {
  const heard$ = new ReplaySubject<Message>();
  chat.messages$.subscribe(heard$);
  return { chat, hears: (wanted) => firstValueFrom(heard$.pipe(filter(({ text }) => text === wanted))) };
}
