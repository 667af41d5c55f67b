/*
 * Passwords: kept with their parameters, told right from wrong, the same work for a group that does not exist, and a
 * queue with an end. The cost is low here; what it takes in earnest is measured by `npm run bench:passwords`.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scryptPasswords } from '../../../transports/host/passwords.js';
import { BusyError } from '../../../transports/host/turnstile.js';

const test = suite('passwords');

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('tells the right password from a wrong one', async () => {
  const passwords = scryptPasswords({ cost: 16 });
  const record = await passwords.hash('s3cret ✓ סוד');
  assert.is(await passwords.verify('s3cret ✓ סוד', record), true);
  for (const wrong of ['s3cret ✓ סו', 's3cret', '', 'S3CRET ✓ סוד']) assert.is(await passwords.verify(wrong, record), false);
});

test('salts: the same password is never stored the same way, nor as itself', async () => {
  const passwords = scryptPasswords({ cost: 16 });
  const [one, other] = [await passwords.hash('same'), await passwords.hash('same')];
  assert.is(one.salt.length, 16);
  assert.is(one.hash.length, 32);
  assert.not.equal(one.salt, other.salt);
  assert.not.equal(one.hash, other.hash);
});

test('keeps its parameters in the record and honours those of an older one', async () => {
  const record = await scryptPasswords({ cost: 64 }).hash('old');
  assert.is(record.scheme, 'scrypt$N=64,r=8,p=1');
  const later = scryptPasswords({ cost: 1024 });
  assert.is(await later.verify('old', record), true);
  assert.is(await later.verify('old', { ...record, scheme: 'scrypt$N=32,r=8,p=1' }), false);
  assert.is((await scryptPasswords().hash('now')).scheme, 'scrypt$N=8192,r=8,p=1');
});

test('a record of another scheme is refused, not taken for a wrong password', async () => {
  const record = await scryptPasswords({ cost: 16 }).hash('x');
  assert.instance(await rejection(scryptPasswords().verify('x', { ...record, scheme: 'bcrypt$12' })), RangeError);
});

test('no record: the same work in the same queue, and false', async () => {
  const passwords = scryptPasswords({ cost: 16, concurrency: 1, maxWaiting: 1 });
  assert.is(await passwords.verify('', undefined), false);
  const answers = [passwords.verify('x', undefined), passwords.verify('x', undefined), rejection(passwords.verify('x', undefined))];
  assert.instance(await answers[2], BusyError);
  assert.equal(await Promise.all(answers.slice(0, 2)), [false, false]);
});

test('beyond the queue everybody is told at once, and those who wait are served in order', async () => {
  const passwords = scryptPasswords({ cost: 16, concurrency: 2, maxWaiting: 3 });
  const served: number[] = [];
  const asked = Array.from({ length: 7 }, (_, index) => rejection(passwords.hash('x').then(() => served.push(index))));
  const outcomes = await Promise.all(asked);
  assert.equal(
    outcomes.map((outcome) => (outcome as { code?: string } | undefined)?.code),
    [undefined, undefined, undefined, undefined, undefined, 'busy', 'busy'],
  );
  assert.is(served.length, 5);
  assert.ok(served.indexOf(2) < served.indexOf(4));
  assert.is(await rejection(passwords.hash('again')), undefined);
});

test.run();
