/*
 * Option 3 of the menu: a client exits. Then a new client comes, which proves that the server still listens.
 *
 *   npx tsx examples/exit.ts --transport tcp
 */
import { performIfStarted } from './stage/perform.js';
import type { Example } from './stage/stage.js';

export const example: Example = {
  name: 'exit',
  title: 'Option 3: exit the server',
  tells: 'Bar exits and is disconnected at once; the server keeps listening, and a new client is served.',

  async run(stage) {
    stage.explain('Bar connects.');
    const bar = await stage.client('Bar');

    stage.explain('Option 3. The server says goodbye, so that Bar can tell an orderly end from a broken line, and closes the connection.');
    await bar.answers('3');
    stage.shown('Bar’s connection is closed, in good order.', bar.state.name === 'closed' && bar.state.error === undefined);

    stage.explain('Does the server still listen? A new client finds out.');
    const foo = await stage.client('Foo');
    await foo.creates('open sesame');
    stage.shown('It does: Foo was asked, answered, and is in a group.', foo.state.name === 'chatting');

    stage.explain('A member can exit, too, straight from the group.');
    await foo.exits();
    stage.shown('Foo has left the group and the server.', foo.state.name === 'closed');
  },
};

await performIfStarted(import.meta.url, example);
