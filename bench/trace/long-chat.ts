/*
 * A long chat, recorded in virtual time: four members who speak in turns, over UDP with some loss, or in memory. The same
 * events each time.
 */
import { ChatClient, ChatServer } from '../../lib/index.js';
import { memorySink, recorder } from '../../tracer/record/index.js';
import type { Trace } from '../../tracer/trace/trace.js';
import { parseFaults } from '../../transports/link/index.js';
import { virtualMachine } from '../../transports/virtual/index.js';

const NAMES = ['Ann', 'Ben', 'Cat', 'Dan'] as const;

/** Records until there are so many events. */
export async function longChat(scheme: 'udp' | 'memory', events: number): Promise<Trace> {
  const { host, run } = virtualMachine({ faults: scheme === 'udp' ? parseFaults({ loss: '0.02' }) : undefined });
  const sink = memorySink();
  const title = `a long chat over ${scheme}`;
  const record = recorder({ title, source: 'virtual', madeBy: 'bench:trace', startedAtMs: host.clock.now(), sink });
  await run(async () => {
    const tap = record.tap({ name: 'server', role: 'server' });
    const server = new ChatServer(host, { tap, messagesPerSecond: Number.POSITIVE_INFINITY });
    const address = await server.listen(scheme === 'udp' ? 'udp://127.0.0.1:0' : 'memory:long-chat');
    const members = NAMES.map((name) => new ChatClient(host, address, { actor: name, tap: record.tap({ name, role: 'client' }) }));
    const [first] = members as [ChatClient];
    const { group } = await first.create({ name: NAMES[0], password: 'sesame' });
    for (const [i, member] of members.entries()) {
      if (i > 0) await member.join({ name: NAMES[i] as string, group, password: 'sesame' });
    }
    for (let i = 0; sink.events.length < events; i += 1) await members[i % members.length]?.say(`This is message number ${i}`);
    await Promise.all(members.map((member) => member.exit()));
    await server.close();
  });
  record.flush();
  return { header: record.header, events: sink.events };
}
