/*
 * A chat in a process of its own, so that each build is compiled by itself: says so many messages twice, and tells what
 * the second time cost.
 *
 *   node chat-process.js FOLDER ADDRESS MESSAGES [recorded]
 */
import { recorder } from '../../tracer/record/index.js';
import { openChat } from './chat.js';

const [, , folder = '', address = '', messages = '0', how] = process.argv;
let events = 0;
const count = () => {
  events += 1;
};
const recording = recorder({ title: 'bench', source: 'taps', madeBy: 'bench', startedAtMs: Date.now(), sink: { event: count } });
const newTap = (name: string) => recording.tap({ name, role: name === 'server' ? 'server' : 'client' });
const chat = await openChat(folder, address, how === 'recorded' ? newTap : undefined);
await chat.talk(Number(messages));
const before = events;
const microseconds = await chat.talk(Number(messages));
console.log(JSON.stringify({ microseconds, events: (events - before) / Number(messages) }));
await chat.close();
