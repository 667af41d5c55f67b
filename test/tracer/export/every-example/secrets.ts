/*
 * No export of any example has a password, a token or a cookie in it, or a good part of one; with secrets shown, they
 * have, so that the search is known to find them.
 */
import * as assert from 'uvu/assert';
import { secretsIn } from '../../record/secrets-in.js';
import { everyExport } from '../exported.js';
import { leaks, type Sought } from '../leaks.js';
import { type EveryRun, PASSWORD_MARK } from './runs.js';

/** Five letters of the mark stand in no other word; six bytes that were drawn by lot stand nowhere by chance. */
const PARTS = { password: 5, drawn: 6 } as const;

/** These show bytes, so that tokens can be read in them, too. */
const WITH_BYTES = ['pcapng', 'html', 'jsonl', 'hex', 'follow hex', 'follow raw'];

/** Looks through all of them. */
export function noSecretIn({ each }: EveryRun, transport: string): void {
  assert.ok(each.length >= 6);
  for (const { name, masked, shown } of each) {
    const secrets = secretsIn(shown.trace.events);
    const passwords = secrets.filter((secret) => typeof secret === 'string');
    for (const password of passwords) assert.ok(password.startsWith(PASSWORD_MARK), `${name}: ${password}`);
    const tokens = secrets.filter((secret) => typeof secret !== 'string');
    if (name !== 'exit') assert.ok(passwords.length > 0 && tokens.length > 0, name);
    if (transport === 'udp') assert.ok(tokens.length > 0, name);
    const sought: Sought[] = [
      { secret: Buffer.from(PASSWORD_MARK), part: PARTS.password },
      ...tokens.map((secret) => ({ secret, part: PARTS.drawn })),
    ];
    assert.equal(leaks(everyExport(masked.trace, masked.story), sought), [], name);

    const open = everyExport(shown.trace, shown.story);
    const found = leaks(open, sought);
    for (const secret of passwords.length > 0 ? [Buffer.from(PASSWORD_MARK)] : []) {
      for (const form of Object.keys(open).filter((one) => one !== 'index')) assert.ok(says(found, form, secret), `${name}: ${form}`);
    }
    for (const token of tokens)
      for (const form of WITH_BYTES) if (transport !== 'udp') assert.ok(says(found, form, token), `${name}: ${form}`);
  }
}

function says(found: readonly string[], form: string, secret: Uint8Array): boolean {
  return found.includes(`${form}: something of ${Buffer.from(secret).toString('hex')}`);
}
