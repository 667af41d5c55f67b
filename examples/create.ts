/*
 * Option 2 of the menu: Bar creates a group chat, is told its ID, and somebody joins by that ID.
 *
 *   npx tsx examples/create.ts --transport tcp
 */
import { performIfStarted } from './stage/perform.js';
import type { Example } from './stage/stage.js';

export const example: Example = {
  name: 'create',
  title: 'Option 2: create a group chat',
  tells: 'Bar creates a group chat with a password; the server makes up its ID and tells it; Foo joins by that ID.',

  async run(stage) {
    stage.explain('Everybody is asked the same opening question.');
    const bar = await stage.client('Bar');

    stage.explain('Option 2 needs no group ID: only a name, and a password for the new group.');
    await bar.answers('2');
    await bar.answers('Bar');

    stage.explain(
      'The password is hashed and kept with a salt, never as it is. The server draws an ID that nobody can foresee, tells it, and Bar is the first member.',
    );
    const state = await bar.answers('open sesame');
    const group = state.name === 'chatting' ? state.membership.group : '';

    stage.explain(
      `Bar tells a friend the ID and the password. Foo's client knows what it will be asked, and sends all its answers ahead: one round trip instead of four.`,
    );
    const foo = await stage.client('Foo');
    await foo.joins(group, 'open sesame');

    stage.explain('They chat.');
    await foo.says('So this is your group.');
    await bar.says('Welcome!');
    stage.shown(`Both are in group chat #${group}, and each has read the other.`, foo.heard.length === 1 && bar.heard.length === 1);
  },
};

await performIfStarted(import.meta.url, example);
