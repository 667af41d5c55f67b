/*
 * `npm run figures:record`: records what ships, from real runs over real sockets: from connect() to the first message and
 * the goodbye, over each transport. Every recording differs in its times and ports, so they are kept until somebody
 * renews them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type Example, record } from '../../examples/index.js';
import { eventLine, headerLine } from '../../tracer/file/index.js';

const FOLDER = 'docs/recordings/traces';

/** The transports, and what their handshakes are called. */
const HANDSHAKES = { tcp: 'TCP: three ways', udp: 'UDP-with-ack: three ways with a cookie', unix: 'a Unix socket: no handshake on a wire' };

const handshake = (transport: string, title: string): Example => ({
  name: 'handshake',
  title,
  tells: 'Bar connects, creates a group, says the first words, and leaves.',
  async run(stage) {
    stage.explain(`From connect() to a connection that stands, over ${title}.`);
    const bar = await stage.client('Bar');
    stage.explain('The server asks and the client answers, until there is a group.');
    await bar.creates('1234');
    stage.explain('The first message.');
    await bar.says('Hi friends');
    stage.explain('And the goodbye.');
    await bar.exits();
  },
  transport,
});

mkdirSync(FOLDER, { recursive: true });
for (const [transport, title] of Object.entries(HANDSHAKES)) {
  // Once without a pencil, so that times are those of a program that runs, not of one that is being loaded.
  for (const take of ['rehearsal', 'recording']) {
    const { trace } = await record(handshake(transport, title), { madeBy: `Chatwire, Node.js ${process.version}, ${process.platform}` });
    if (take === 'rehearsal') continue;
    const path = `${FOLDER}/${transport}-handshake.jsonl`;
    writeFileSync(path, headerLine(trace.header) + trace.events.map(eventLine).join(''));
    console.log(`${path}: ${trace.events.length} events`);
  }
}
