/*
 * A chat in a process of its own, so that each build is compiled by itself: says so many messages whenever its parent asks,
 * and tells what they cost.
 *
 *   fork('chat-process.js', [FOLDER, ADDRESS, 'recorded' or 'untraced'])
 */
import { recorder } from '../../tracer/record/index.js';
import { openChat } from './chat.js';

/** What so many messages cost, each in microseconds of processor time, and how many events were recorded of each. */
export interface Cost {
  readonly microseconds: number;
  readonly events: number;
}

const [, , folder = '', address = '', how] = process.argv;
let events = 0;
const count = () => {
  events += 1;
};
const recording = recorder({ title: 'bench', source: 'taps', madeBy: 'bench', startedAtMs: Date.now(), sink: { event: count } });
const newTap = (name: string) => recording.tap({ name, role: name === 'server' ? 'server' : 'client' });
const chat = await openChat(folder, address, how === 'recorded' ? newTap : undefined);

process.on('message', async (messages: number) => {
  if (messages === 0) {
    await chat.close();
    process.disconnect();
    return;
  }
  const before = events;
  const microseconds = await chat.talk(messages);
  process.send?.({ microseconds, events: (events - before) / messages } satisfies Cost);
});
process.send?.('ready');
