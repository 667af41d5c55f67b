/*
 * Clients that vanish, in order and by reset, at every step of the dialogue, over real TCP: each is noticed, none
 * leaves anything behind, and the others chat on.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PasswordHasher, PasswordRecord } from '../../lib/group/passwords.js';
import { encodeFrame } from '../../lib/wire/encode.js';
import type { ClientFrame } from '../../lib/wire/frames.js';
import { House, quickPasswords } from './house.js';
import { answer, hello, joining, say } from './raw-client.js';

const test = suite('server over TCP: clients that vanish');

/** Passwords whose answers wait for the test. */
class HeldPasswords implements PasswordHasher {
  readonly #inner = quickPasswords();
  #gate: { readonly opened: Promise<void>; open: () => void } | undefined;
  asked = 0;
  onAsked: (() => void) | undefined;

  hold(): void {
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    this.#gate = { opened, open };
  }

  release(): void {
    this.#gate?.open();
    this.#gate = undefined;
  }

  async hash(password: string): Promise<PasswordRecord> {
    await this.#wait();
    return this.#inner.hash(password);
  }

  async verify(password: string, record: PasswordRecord | undefined): Promise<boolean> {
    await this.#wait();
    return this.#inner.verify(password, record);
  }

  async #wait(): Promise<void> {
    this.asked++;
    this.onAsked?.();
    await this.#gate?.opened;
  }
}

/** How far a client comes before it vanishes: what it sends, and the question that it is asked by then. */
const STEPS: readonly (readonly [name: string, sends: (group: string) => readonly ClientFrame[], prompts: number])[] = [
  ['before the menu', () => [], 0],
  ['at the menu', () => [], 1],
  ['asked for a name', (group) => joining('Vic', group).slice(0, 2), 2],
  ['asked for a group', (group) => joining('Vic', group).slice(0, 3), 3],
  ['asked for a password', (group) => joining('Vic', group).slice(0, 4), 4],
  ['after a wrong password', (group) => joining('Vic', group, 'guess'), 5],
  ['with everything sent ahead', (group) => [...joining('Vic', group), say(1, 'in passing')], 0],
  ['asked for a new group’s password', () => [hello(), answer(1, 'menu', '2'), answer(2, 'name', 'Vic')], 3],
];

for (const how of ['destroy', 'resetAndDestroy'] as const) {
  test(`at every step of the dialogue (${how})`, async () => {
    const house = await House.open();
    for (const [name, sends, prompts] of STEPS) {
      const before = house.events.filter(({ type }) => type === 'closed').length;
      const client = await house.enter();
      client.send(...sends(house.group));
      if (prompts > 0) await client.next('PROMPT', prompts);
      client.socket[how]();
      await house.event('closed', () => true, before + 1);
      await house.stillServes();
      assert.ok(house.server.groups.length <= 1, name);
    }
    await house.close();
  });

  test(`as a member: the seat is kept (${how})`, async () => {
    const house = await House.open();
    const client = await house.enter();
    await client.join('Vic', house.group);
    client.socket[how]();
    assert.is((await house.event('lost')).name, 'Vic');
    await house.stillServes();
    assert.equal(house.server.groups[0]?.members, ['Ann', 'Bob', 'Vic']);
    await house.close();
  });

  test(`while its password is checked, for joining and for creating (${how})`, async () => {
    const passwords = new HeldPasswords();
    const house = await House.open({ passwords });
    const { asked } = passwords;
    passwords.hold();
    const bothAsked = new Promise<void>((resolve) => (passwords.onAsked = () => passwords.asked === asked + 2 && resolve()));
    const [joiner, creator] = [await house.enter(), await house.enter()];
    joiner.send(...joining('Vic', house.group));
    creator.send(hello(), answer(1, 'menu', '2'), answer(2, 'name', 'Vic'), answer(3, 'password', 'secret'));
    await bothAsked;
    joiner.socket[how]();
    creator.socket[how]();
    if (how === 'resetAndDestroy') await house.event('closed', () => true, 2); // an end is seen when reading goes on
    passwords.release();
    await house.event('closed', () => true, 2);
    await house.stillServes();
    // an orderly end comes behind what was said before it: they are in by then, and lost; a reset undoes it all
    const lost = house.events.flatMap((event) => (event.type === 'lost' ? [event.name] : []));
    assert.equal(lost, how === 'destroy' ? ['Vic', 'Vic'] : []);
    assert.is(house.server.groups.length, how === 'destroy' ? 2 : 1);
    await house.close();
  });
}

test('a text client that breaks off leaves', async () => {
  const house = await House.open();
  const tess = await house.enter({ text: true });
  tess.socket.write(`1\nTess\n${house.group}\nsecret\nhello\n`);
  await house.event('said', ({ name }) => name === 'Tess');
  tess.socket.resetAndDestroy();
  assert.is((await house.event('left')).name, 'Tess');
  await house.stillServes();
  await house.close();
});

test('half a frame, then silence: BYE when the time is up', async () => {
  const house = await House.open();
  const client = await house.enter();
  client.socket.write(encodeFrame(hello()).subarray(0, 7));
  house.passes(9_999);
  await house.stillServes();
  assert.not(client.frames.some(({ type }) => type === 'BYE'));
  house.passes(1);
  assert.is((await client.next('BYE')).code, 'timeout');
  assert.is(await client.closed, 'in order');
  await house.stillServes();
  await house.close();
});

test.run();
