/*
 * Wrong answers, and what becomes of them.
 */
import { founder, GROUP, member, PASSWORD, person, type Scene, screenOf, server, serverScreen, visitor } from '../scene.js';

export const MISTAKES: readonly Scene[] = [
  {
    name: 'wrong-password',
    description: 'A wrong password is refused, and the group is asked for again; with the right one Bar is in.',
    async play() {
      const serving = await server();
      await founder('client12');
      const bar = await visitor('Bar');
      bar.type('12345\r');
      await bar.until((screen) => screen.split('Enter group ID:').length === 3);
      bar.type(`${GROUP}\r`);
      await bar.until((screen) => screen.split('Enter password:').length === 3);
      bar.type(`${PASSWORD}\r`);
      await bar.until(`#${GROUP} ›`);
      await serving.until('Bar joined');
      return [screenOf(bar), serverScreen(serving)];
    },
  },
  {
    name: 'unknown-group',
    description: 'A group that does not exist is refused in the same words as a wrong password.',
    async play() {
      await server();
      await founder('client12');
      const bar = await visitor('Bar', '7777');
      bar.type(`${PASSWORD}\r`);
      await bar.until((screen) => screen.split('Enter group ID:').length === 3);
      return [screenOf(bar)];
    },
  },
  {
    name: 'empty-name',
    description: 'An empty name is refused with a reason and asked for again.',
    async play() {
      await server();
      const nobody = await person();
      nobody.type('2\r');
      await nobody.answer('Enter your name:', '');
      await nobody.until((screen) => screen.split('Enter your name:').length === 3);
      return [screenOf(nobody)];
    },
  },
  {
    name: 'name-taken',
    description: 'client12 is taken in upper and lower case alike; only who knows the password learns it. Another name gets in.',
    async play() {
      await server();
      await founder('client12');
      const twin = await visitor('Client12');
      twin.type(`${PASSWORD}\r`);
      await twin.until((screen) => screen.split('Enter your name:').length === 3);
      twin.type('Ben\r');
      await twin.until(`#${GROUP} ›`);
      return [screenOf(twin)];
    },
  },
  {
    name: 'too-many-attempts',
    description: 'The third wrong answer ends the dialogue: the server says goodbye.',
    async play() {
      const serving = await server();
      await founder('client12');
      const eve = await visitor('Eve');
      eve.type('letmein\r');
      for (const [attempt, guess] of ['iloveyou', 'qwerty'].entries()) {
        await eve.until((screen) => screen.split('Enter group ID:').length === attempt + 3);
        eve.type(`${GROUP}\r`);
        await eve.until((screen) => screen.split('Enter password:').length === attempt + 3);
        eve.type(`${guess}\r`);
      }
      await eve.ended;
      await serving.until('closed:');
      return [screenOf(eve), serverScreen(serving)];
    },
  },
  {
    name: 'vanished',
    description: 'A client that is killed is told of as lost; its seat is kept, and the server and the others go on.',
    async play() {
      const serving = await server();
      const ann = await founder('Ann');
      const bar = await member('Bar');
      await ann.until('Bar joined');
      bar.kill('SIGKILL');
      await bar.ended;
      await serving.until('closed:');
      await ann.until(/Bar lost/);
      return [screenOf(ann), serverScreen(serving)];
    },
  },
];
