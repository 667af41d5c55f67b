/*
 * The three options of the menu, each as a person sees it.
 */
import { founder, GROUP, member, PASSWORD, person, type Scene, say, screenOf, server, serverScreen, visitor } from '../scene.js';

export const OPTIONS: readonly Scene[] = [
  {
    name: 'menu',
    description: 'The opening message with its three options.',
    async play() {
      await server();
      return [screenOf(await person())];
    },
  },
  {
    name: 'connect-questions',
    description: 'Option 1: name and group are answered, the password is being typed and shown as stars.',
    async play() {
      await server();
      await founder('client12');
      const bar = await visitor('Bar');
      bar.type(PASSWORD);
      await bar.until('****');
      return [screenOf(bar)];
    },
  },
  {
    name: 'connect',
    description: 'Option 1: Bar is connected to group chat #8888 and talks with client12 and client20.',
    async play() {
      await server();
      const client12 = await founder('client12');
      const client20 = await member('client20');
      const bar = await member('Bar');
      await say(bar, 'Hi friends', client12, client20);
      await say(client12, 'Hello, how are you?', bar, client20);
      await say(client20, 'Welcome, new client.', bar, client12);
      return [screenOf(bar), screenOf(client12)];
    },
  },
  {
    name: 'create',
    description: 'Option 2: Ann creates a group chat and is told its ID; the server tells of it.',
    async play() {
      const serving = await server();
      const ann = await founder('Ann');
      await serving.until(`Ann joined group ${GROUP}`);
      return [screenOf(ann), serverScreen(serving)];
    },
  },
  {
    name: 'exit',
    description: 'Option 3: the client is disconnected at once; the server keeps listening, and the next client connects.',
    async play() {
      const serving = await server();
      const leaving = await person();
      leaving.type('3\r');
      await leaving.ended;
      await serving.until('closed:');
      const next = await founder('Ann');
      await serving.until(`Ann joined group ${GROUP}`);
      return [screenOf(leaving), serverScreen(serving), screenOf(next)];
    },
  },
];
