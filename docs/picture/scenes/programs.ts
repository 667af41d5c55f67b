/*
 * The other programs: nc and Python at the plain-text door, the menu of `npm start`, a demo, and no server at all.
 */
import { PseudoTerminal } from '../../../test/cli/pseudo-terminal.js';
import {
  ADDRESS,
  command,
  founder,
  GROUP,
  PASSWORD,
  type Scene,
  say,
  screenOf,
  server,
  serverScreen,
  TEXT_PORT,
  virtualDemo,
} from '../scene.js';

/** The assignment's example, typed into a program that knows nothing but lines. */
async function typed(title: string, lineMode: PseudoTerminal) {
  await lineMode.answer('3. Exit the server.', '1');
  await lineMode.answer('Enter your name:', 'Bar');
  await lineMode.answer('Enter group ID:', GROUP);
  await lineMode.answer('Enter password:', PASSWORD);
  await lineMode.until("You're connected");
  return { ...screenOf(lineMode, title), secret: PASSWORD };
}

export const PROGRAMS: readonly Scene[] = [
  {
    name: 'nc',
    description: 'The assignment’s example with nc at the plain-text door, in a group with a member who uses the chat client.',
    async play() {
      const serving = await server();
      const ann = await founder('client12');
      const nc = new PseudoTerminal(['127.0.0.1', TEXT_PORT], { program: 'nc', columns: 84 });
      const shot = await typed(`nc 127.0.0.1 ${TEXT_PORT}`, nc);
      nc.type('Hi friends\r');
      await ann.until(': Hi friends');
      await say(ann, 'Hello, how are you?', nc);
      await serving.until('(19 characters)');
      return [shot, screenOf(ann), serverScreen(serving)];
    },
  },
  {
    name: 'start',
    description: 'What npm start opens: a menu of servers, a client, the demos, the lessons, the lab and the report.',
    async play() {
      const menu = command([]);
      await menu.until('Exit');
      return [screenOf(menu, 'npm start')];
    },
  },
  {
    name: 'demo-exit',
    description: 'A demo tells what travels, frame by frame: option 3 of the menu.',
    async play() {
      const demo = command(['demo', 'exit', '--transport', 'memory'], { rows: 60 });
      await demo.ended;
      return [screenOf(demo, 'npx chatwire demo exit --transport memory')];
    },
  },
  {
    name: 'demo-isolation',
    description: 'A demo of two groups: a message reaches its own group and no other.',
    async play() {
      const demo = command(['demo', 'isolation', '--transport', 'memory'], { rows: 60 });
      await demo.ended;
      return [screenOf(demo, 'npx chatwire demo isolation --transport memory')];
    },
  },
  {
    name: 'demo-lossy',
    description: 'The end of a demo over a link that loses a fifth of all datagrams: nobody missed a word, and what it took is counted.',
    async play() {
      const demo = virtualDemo('lossy', { rows: 24 });
      await demo.ended;
      return [screenOf(demo, 'npx chatwire demo lossy')];
    },
  },
  {
    name: 'trace',
    description: 'The tracer tells a recording as a ladder: the frames between the server and Bar, from the first to the goodbye.',
    async play() {
      const trace = command(['trace', 'show', 'tcp-handshake', '--lanes', 'frames'], { rows: 60 });
      await trace.ended;
      return [screenOf(trace, 'npx chatwire trace show tcp-handshake --lanes frames')];
    },
  },
  {
    name: 'refused',
    description: 'Nobody listens at the address: one sentence, and what to do.',
    async play() {
      const client = command(['chat', ADDRESS]);
      await client.ended;
      return [screenOf(client)];
    },
  },
];
