/*
 * Option 1 of the menu, as in the assignment's own example: Bar connects to group chat #8888.
 *
 *   npx tsx examples/connect.ts --transport tcp
 */
import { performIfStarted } from './stage/perform.js';
import type { Example } from './stage/stage.js';

export const example: Example = {
  name: 'connect',
  title: 'Option 1: connect to a group chat',
  tells: 'Bar answers four questions, is in group chat #8888, and talks with its members, client12 and client20.',

  async run(stage) {
    const [client12, client20] = await stage.group({ id: '8888', password: '1234', members: ['client12', 'client20'] });

    stage.explain(
      'The client says what it is. The server does not wait for that: it asks the opening question unasked, as soon as it is connected.',
    );
    const bar = await stage.client('Bar');

    stage.explain('Option 1. Every answer names the question that it answers, so that neither side can mistake one for another.');
    await bar.answers('1');

    stage.explain(
      'The name is checked at once. The group is not: whoever asks for one without its password shall not learn whether it exists.',
    );
    await bar.answers('Bar');
    await bar.answers('8888');

    stage.explain(
      'Now both are checked, the password against its hash. Bar is in, with a token for coming back if the connection breaks; the others are told.',
    );
    await bar.answers('1234');

    stage.explain('The server gives each message a number and acknowledges it to its sender; all the other members of the group get it.');
    await bar.says('Hi friends');

    stage.explain('And the others answer.');
    await client12?.says('Hello, how are you?');
    await client20?.says('Welcome, new client.');

    stage.shown(
      'Bar has read what the assignment’s example ends with.',
      bar.heard.map(({ sender, text }) => `${sender}: ${text}`).join('\n') ===
        'client12: Hello, how are you?\nclient20: Welcome, new client.',
    );
  },
};

await performIfStarted(import.meta.url, example);
