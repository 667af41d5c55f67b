/*
 * A chat of three: they talk, one leaves, and one whose connection breaks comes back and has missed nothing.
 *
 *   npx tsx examples/chat.ts --transport unix
 */
import { performIfStarted } from './stage/perform.js';
import type { Example } from './stage/stage.js';

export const example: Example = {
  name: 'chat',
  title: 'A chat: three talk, one leaves, one comes back',
  tells:
    'Ann, Ben and Cat are in group chat #8888. Cat leaves it; Ben’s connection breaks, and he comes back without having missed a word.',

  async run(stage) {
    const [ann, ben, cat] = await stage.group({ id: '8888', password: '1234', members: ['Ann', 'Ben', 'Cat'] });
    if (!ann || !ben || !cat) return;

    stage.explain('The server sends a message to all the members but the one who said it, and counts them in one row, whoever speaks.');
    await ann.says('Who brings the coffee?');
    await ben.says('I brought it yesterday.');
    await cat.says('My turn, then. See you!');
    stage.shown(
      'Everybody has read the other two.',
      [ann, ben, cat].every(({ heard }) => heard.length === 2),
    );

    stage.explain('Cat leaves the group. She stays connected, and is asked the opening question again; the others are told.');
    await cat.leaves();
    await ann.says('Ben, are you still here?');
    stage.shown('Ben has read it. Cat was sent nothing: she has left.', ben.heard.length === 3 && cat.heard.length === 2);

    stage.explain(
      'Ben’s connection breaks. He has not said BYE, so the server calls him lost, not gone, and keeps his seat for a minute. Ann talks on.',
    );
    await ben.isCutOff();
    await ann.says('Ben?');
    stage.shown('The group has the message, but Ben has not read it yet.', ben.heard.length === 3);

    stage.explain(
      'Ben’s client dials again by itself and shows the token that it was given with the seat: no name, no password. It says which message was the last that it got, and the server sends those after it.',
    );
    await ben.comesBack();
    await ben.says('Here I am again. I have read everything.');
    stage.shown(
      'Ben has missed nothing and read nothing twice; neither has Ann.',
      ben.heard.map(({ sequence }) => sequence).join() === '1,3,4,5' && ann.heard.map(({ sequence }) => sequence).join() === '2,3,6',
    );
  },
};

await performIfStarted(import.meta.url, example);
