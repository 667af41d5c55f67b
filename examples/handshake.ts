/*
 * From connect() to the first message and the goodbye, over whatever transport: the shortest whole life of a connection.
 *
 *   npx tsx examples/handshake.ts --transport udp
 */
import { performIfStarted } from './stage/perform.js';
import type { Example } from './stage/stage.js';

export const example: Example = {
  name: 'handshake',
  title: 'The handshake: from nothing to the first message',
  tells: 'Bar connects, creates a group, says the first words, and leaves.',

  async run(stage) {
    stage.explain('The transport makes a connection, each in its own way; then the server speaks first.');
    const bar = await stage.client('Bar');

    stage.explain('The server asks and the client answers, until there is a group.');
    await bar.creates('1234');

    stage.explain('The first message, numbered and acknowledged by the server.');
    await bar.says('Hi friends');

    stage.explain('And the goodbye: either side says that it will send no more.');
    await bar.exits();
    stage.shown('Bar has left, and nothing of the connection remains.', bar.state.name === 'closed' && bar.state.error === undefined);
  },
};

await performIfStarted(import.meta.url, example);
