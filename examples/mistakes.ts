/*
 * What the server does with what it cannot take: every wrong answer gets a reason and is asked again, three times; then
 * BYE. All rejections of the protocol are here; three of them a ChatClient never gets, so somebody types lines for them.
 *
 *   npx tsx examples/mistakes.ts --transport tcp
 */
import { FRAMES, type RejectionCode } from '../lib/wire/index.js';
import type { Actor } from './stage/actor.js';
import { performIfStarted } from './stage/perform.js';
import type { Example, Stage } from './stage/stage.js';

export const example: Example = {
  name: 'mistakes',
  title: 'Wrong answers, and what becomes of them',
  tells:
    'Bad choices, names, groups, passwords and messages are refused with a reason. A question is asked again; the third mistake ends the dialogue.',
  // 10, 10,000, a minute and 16 KiB unless told otherwise: a shorter lesson
  limits: { wrongPasswordsPerMinute: 3, maxGroups: 2, seatKeptMs: 500, maxLineBytes: 64 },
  textDoor: true,

  async run(stage) {
    const members = await stage.group({ id: '8888', password: '1234', members: ['client12'] });
    await threeMistakes(stage);
    await nameTaken(stage);
    await emptyPassword(stage);
    await tooManyGroups(stage);
    await backTooLate(stage);
    await typedLines(stage, members);
    await unknownOrWrong(stage);
    await guessing(stage);
    const codes = Object.keys(FRAMES.REJECTED.fields.code.values) as RejectionCode[];
    stage.shown(
      `These were all ${codes.length} reasons that the protocol has for a rejection.`,
      codes.every((code) => stage.rejections().has(code)),
    );
  },
};

async function threeMistakes(stage: Stage): Promise<void> {
  stage.explain('Ann connects, and knows no better.');
  const ann = await stage.client('Ann');
  stage.explain('The menu has no option 7. The server says so, and asks again.');
  await ann.answers('7');
  stage.explain('A name needs a character that can be seen.');
  await ann.answers('1');
  await ann.answers('');
  stage.explain('And it has 32 characters at most. This is the third mistake: the server says goodbye.');
  await ann.answers('Ann'.repeat(11));
  stage.shown('Ann’s connection is closed; she may connect anew.', ann.state.name === 'closed');
}

async function nameTaken(stage: Stage): Promise<void> {
  stage.explain('There is a client12 in group chat #8888 already. Upper and lower case make no other name.');
  const ben = await stage.client('Ben');
  await ben.answers('1');
  await ben.answers('Client12');
  await ben.answers('8888');
  stage.explain('Only who knows the password learns that the name is taken. Another name, and Ben is in.');
  await ben.answers('1234');
  await ben.answers('Ben');
  stage.shown('A mistake can be put right.', ben.state.name === 'chatting');
}

async function emptyPassword(stage: Stage): Promise<void> {
  stage.explain('A new group needs a password: an empty one is refused.');
  const cat = await stage.client('Cat');
  await cat.answers('2');
  await cat.answers('Cat');
  await cat.answers('');
  await cat.answers('open sesame');
  stage.shown('With another one, the group is made.', cat.state.name === 'chatting');
}

async function tooManyGroups(stage: Stage): Promise<void> {
  stage.explain(
    'This server was started with room for two groups (10,000 are usual), and there are two. A third is refused, which counts as nobody’s mistake.',
  );
  const fay = await stage.client('Fay');
  await fay.answers('2');
  await fay.answers('Fay');
  await fay.answers('a third one');
  stage.shown('She is back at the menu.', fay.state.name === 'asked' && fay.state.prompt.question === 'menu');
}

async function backTooLate(stage: Stage): Promise<void> {
  stage.explain(
    'Gil is in the group, and his connection breaks. This server was started to keep a seat for half a second (a minute is usual).',
  );
  const gil = await stage.client('Gil');
  await gil.joins('8888', '1234');
  await gil.isCutOffForLong();
  stage.explain('When he is back, his seat is gone, and the server does not know his session any more: he has to join again.');
  await gil.comesBack();
  stage.shown('He is at the menu.', gil.state.name === 'asked');
  await gil.exits();
}

async function typedLines(stage: Stage, members: readonly Actor[]): Promise<void> {
  stage.explain(
    'Hal has no chat client. At the plain-text door he types lines and reads lines, as with nc; the dialogue is the same, and he types all his answers ahead.',
  );
  const hal = await stage.typist('Hal');
  await hal.joins('8888', '1234');
  stage.explain(
    'This server was started to take lines of 64 bytes at most there (16 KiB are usual), and skips a longer one to its end. The code of that rejection is line-too-long; Hal reads the sentence that goes with it.',
  );
  await hal.types('I have so much to say to you all that it does not fit into a single line.');
  stage.explain('His terminal still writes Latin-1, in which ü is the byte fc. Lines are UTF-8, and the server does not guess: bad-utf8.');
  await hal.types(Buffer.from('Grüße!', 'latin1'));
  stage.explain(
    'What begins with a slash is a command, and there is none of that name. It is not taken for a message either: bad-message.',
  );
  await hal.types('/dance');
  stage.shown(
    'Nothing of all that was said to the group.',
    members.every(({ heard }) => heard.length === 0),
  );
  await hal.quits();
}

async function unknownOrWrong(stage: Stage): Promise<void> {
  stage.explain('Dan asks for a group that does not exist. He is asked for its password all the same.');
  const dan = await stage.client('Dan');
  await dan.answers('1');
  await dan.answers('Dan');
  await dan.answers('777');
  await dan.answers('1234');
  stage.explain(
    'Now a group that exists, with a wrong password: the same words, after the same time. Nobody can find out groups by asking.',
  );
  await dan.answers('8888');
  await dan.answers('qwerty');
  stage.explain('Dan gives up, in the middle of the questions.');
  await dan.exits();
}

async function guessing(stage: Stage): Promise<void> {
  stage.explain(
    'Eve guesses. The server counts wrong passwords from one address for one group, Dan’s too: he has the same address as Eve.',
  );
  const eve = await stage.client('Eve');
  await eve.answers('1');
  await eve.answers('Eve');
  await eve.answers('8888');
  await eve.answers('letmein');
  await eve.answers('8888');
  await eve.answers('iloveyou');
  stage.explain(
    'That was the third for #8888, and this server was started with a limit of three for this lesson (ten are usual). From now on no password is even looked at for a minute: this one would be right.',
  );
  await eve.answers('8888');
  await eve.answers('1234');
  stage.shown('Guessing does not help Eve. And it was her third wrong answer.', eve.state.name === 'closed');
}

await performIfStarted(import.meta.url, example);
