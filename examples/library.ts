/*
 * The library by itself: a server and two clients in one program. The README shows the same lines, with
 * 'chatwire' and 'chatwire/node' in place of the paths.
 */
import { ChatClient, ChatServer } from '../lib/index.js';
import { node } from '../transports/node.js';

const server = new ChatServer(node);
const address = await server.listen('tcp://127.0.0.1:0');

const ada = new ChatClient(node, address);
ada.messages$.subscribe(({ sender, text }) => console.log(`${sender}: ${text}`));
const { group } = await ada.create({ name: 'Ada', password: 'secret' });

const bob = new ChatClient(node, address);
await bob.join({ name: 'Bob', group, password: 'secret' });
await bob.say('Hello, Ada!');

await Promise.all([ada.exit(), bob.exit()]);
await server.close();
