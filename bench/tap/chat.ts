/*
 * One chat in one process: a server, a group, one member who talks and others who listen. The program under it is given,
 * so that builds of it can be compared.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as library from '../../lib/index.js';
import type { Tap } from '../../lib/index.js';
import type * as machine from '../../transports/node.js';

/** A chat that is ready. */
export interface Chat {
  /** Has so many messages said and heard by all; returns the processor time for one of them, in microseconds. */
  talk(messages: number): Promise<number>;
  close(): Promise<void>;
}

/** How many may be on their way at once. */
const WINDOW = 50;
const LISTENERS = 4;

/** Opens a chat of the program that was built into a folder. */
export async function openChat(folder: string, address: string, newTap?: (name: string) => Tap): Promise<Chat> {
  const load = (file: string): Promise<unknown> => import(pathToFileURL(join(folder, file)).href);
  const { ChatServer, ChatClient } = (await load('lib/index.js')) as typeof library;
  const { node } = (await load('transports/node.js')) as typeof machine;
  const watched = (name: string) => (newTap ? { tap: newTap(name) } : {});
  const server = new ChatServer(node, { ...watched('server'), messagesPerSecond: Number.POSITIVE_INFINITY });
  const at = await server.listen(address);
  const newClient = (name: string) => new ChatClient(node, at, { ...watched(name), reconnect: false });
  const speaker = newClient('speaker');
  const { group } = await speaker.create({ name: 'speaker', password: 'secret' });
  const listeners = Array.from({ length: LISTENERS }, (_, i) => newClient(`listener${i}`));
  let heard = 0;
  let wanted = 0;
  let onHeard: () => void = () => undefined;
  for (const [i, listener] of listeners.entries()) {
    await listener.join({ name: `listener${i}`, group, password: 'secret' });
    listener.messages$.subscribe(() => {
      heard += 1;
      if (heard === wanted) onHeard();
    });
  }
  return {
    async talk(messages) {
      wanted = heard + messages * LISTENERS;
      const all = new Promise<void>((resolve) => (onHeard = resolve));
      const before = process.cpuUsage();
      for (let said = 0; said < messages; said += WINDOW)
        await Promise.all(Array.from({ length: WINDOW }, () => speaker.say('Hello, everybody')));
      await all;
      const { user, system } = process.cpuUsage(before);
      return (user + system) / messages;
    },
    async close() {
      await Promise.all([speaker, ...listeners].map((client) => client.exit()));
      await server.close();
    },
  };
}
