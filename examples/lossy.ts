/*
 * A chat on a bad network: the link loses every fifth datagram, and nobody misses a word. What that took is told
 * at the end, from the counts of the real connections.
 *
 *   npx tsx examples/lossy.ts --loss 0.4 --seed 8
 */
import { performIfStarted } from './stage/perform.js';
import type { Example } from './stage/stage.js';

export const example: Example = {
  name: 'lossy',
  title: 'A bad network: datagrams get lost, messages do not',
  tells: 'Ann, Ben and Cat chat over UDP, on a link that loses datagrams on purpose; what is lost is sent again.',
  transport: 'udp',
  faults: { loss: '0.2', seed: '7' },

  async run(stage) {
    const [ann, ben, cat] = await stage.group({ id: '8888', password: '1234', members: ['Ann', 'Ben', 'Cat'] });
    if (!ann || !ben || !cat) return;

    stage.explain(
      'To get here, the three have shaken hands with the server and answered its questions, on the same bad link. Now they chat; in the frames there is no loss to be seen.',
    );
    await ann.says('Can you hear me?');
    await ben.says('Every word.');
    await cat.says('Me too!');

    stage.explain(
      'A datagram also takes along the last few segments that are not acknowledged yet, if they fit. So when one gets lost, the next often brings what was in it, without waiting for anybody to ask.',
    );
    await ann.says('My datagrams get lost, and so do the acknowledgements of yours.');
    await ben.says('I cannot tell. You come in order, and each of you once.');
    await cat.says('What comes twice is thrown away, what comes too early waits.');

    stage.explain(
      'Without a next one, the sender waits for the acknowledgement, about as long as it usually takes, and then sends again. Every try is a new packet with a number of its own, so that an acknowledgement says which of them has come.',
    );
    await ann.says('And if the very last word gets lost?');
    await ben.says('Then it takes a moment longer.');
    stage.shown(
      'Nobody missed a word, and nobody read one twice.',
      [ann, ben, cat].map(({ heard }) => heard.map(({ sequence }) => sequence).join()).join(' ') === '2,3,5,6,8 1,3,4,6,7 1,2,4,5,7,8',
    );

    stage.explain('What it took, as the link and the connections of all four have counted:');
    const { datagrams, lost, again, along } = stage.network();
    stage.tally([
      { count: datagrams, what: 'datagrams were sent' },
      { count: lost, what: 'of them the link lost' },
      { count: again, what: 'segments were sent again' },
      { count: along, what: 'segments went along with a later one, to be safe' },
    ]);
  },
};

await performIfStarted(import.meta.url, example);
