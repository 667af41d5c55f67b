/*
 * Many passwords at once on a real server with real scrypt: who is asked about next, and who no longer is. By the order
 * alone; nothing here measures time.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PasswordHasher } from '../../lib/group/passwords.js';
import { ChatClient } from '../../lib/index.js';
import type { Tap } from '../../lib/trace.js';
import { node } from '../../transports/node.js';
import { House, quickPasswords } from './house.js';
import { joining } from './raw-client.js';

const test = suite('server over TCP: turns at the hasher');

/** A server with real scrypt behind a gate: what is asked of it is noted in its order, and none of it is done before the gate opens. */
async function gatedHouse() {
  /** The passwords in the order in which they were asked about. */
  const asked: string[] = [];
  const scrypt = quickPasswords();
  let gate: Promise<void> | undefined;
  let open = () => {};
  let wakened = () => {};
  let waiting = 0;
  const passwords: PasswordHasher = {
    hash: (password) => scrypt.hash(password),
    verify: async (password, record) => {
      asked.push(password);
      await gate;
      return scrypt.verify(password, record);
    },
  };
  const tap: Tap = {
    event(event) {
      if (event.layer !== 'session' || event.to !== 'verifying') return;
      waiting++;
      wakened();
    },
  };
  const house = await House.open({ passwords, tap });
  return {
    house,
    asked,
    shut() {
      asked.length = 0;
      waiting = 0;
      gate = new Promise((resolve) => (open = resolve));
    },
    open: () => open(),
    /** Resolves when so many clients have given a password since the gate was shut. */
    async waiting(count: number) {
      while (waiting < count) await new Promise<void>((resolve) => (wakened = resolve));
    },
  };
}

test('100 guesses wait for the hasher: who joins from elsewhere comes right after those at work', async () => {
  const { house, asked, shut, open, waiting } = await gatedHouse();
  const elsewhere = await house.server.listen('memory:elsewhere');
  shut();
  const guessers = await Promise.all(Array.from({ length: 100 }, () => house.enter()));
  for (const [i, guesser] of guessers.entries()) guesser.send(...joining('Eve', String(10_000 + i), 'guess'));
  await waiting(100);
  const innocent = new ChatClient(node, elsewhere);
  const joined = innocent.join({ name: 'Vic', group: house.group, password: 'secret' });
  await waiting(101);
  open();
  await joined;
  assert.is(asked.indexOf('secret'), 2, asked.slice(0, 10).join(' '));
  for (const guesser of guessers) assert.is((await guesser.next('REJECTED')).code, 'wrong-credentials');
  await innocent.exit();
  await house.close();
});

test('clients that reset their connections right after they have sent a password are not hashed for', async () => {
  const { house, asked, shut, open, waiting } = await gatedHouse();
  shut();
  const gone = await Promise.all(Array.from({ length: 50 }, () => house.enter()));
  for (const client of gone) client.send(...joining('Eve', house.group, 'guess'));
  await waiting(50);
  for (const { socket } of gone) socket.resetAndDestroy();
  await house.event('closed', () => true, 50);
  open();
  await (await house.enter()).join('Vic', house.group);
  assert.equal(asked, ['guess', 'guess', 'secret']);
  await house.close();
});

test.run();
