/*
 * Two groups on one server: what is said in a group reaches its members, and nobody else.
 *
 *   npx tsx examples/isolation.ts --transport tcp
 */
import { performIfStarted } from './stage/perform.js';
import type { Example } from './stage/stage.js';

export const example: Example = {
  name: 'isolation',
  title: 'Two groups: a message stays in its group',
  tells: 'Ann and Abe are in group chat #1111, Bea and Bob in #2222; each message reaches one group only.',

  async run(stage) {
    const [ann, abe] = await stage.group({ id: '1111', password: 'alpha bravo', members: ['Ann', 'Abe'] });
    const [bea, bob] = await stage.group({ id: '2222', password: 'charlie delta', members: ['Bea', 'Bob'] });
    if (!ann || !abe || !bea || !bob) return;

    stage.explain('Ann speaks in #1111. Watch who is sent a MESSAGE.');
    await ann.says('Only for group 1111.');
    stage.shown(
      'Abe got it. The server has sent Bea and Bob nothing at all.',
      abe.heard.length === 1 && bea.heard.length + bob.heard.length === 0,
    );

    stage.explain('Bea speaks in #2222. Each group counts its own messages, so this is number 1 again.');
    await bea.says('Only for group 2222.');
    stage.shown(
      'Bob got it. Abe still has one message only, Ann none.',
      bob.heard.length === 1 && abe.heard.length === 1 && ann.heard.length === 0,
    );

    stage.explain('With the right password anybody may come in: Cat joins #2222, and only #2222 is told.');
    const cat = await stage.client('Cat');
    await cat.joins('2222', 'charlie delta');
    await cat.says('Hello, 2222!');
    stage.shown(
      'Bea and Bob have read Cat; Ann and Abe do not know that she is here.',
      bea.heard.length === 1 && bob.heard.length === 2 && abe.heard.length === 1,
    );
  },
};

await performIfStarted(import.meta.url, example);
