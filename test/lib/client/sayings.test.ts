/*
 * What was said and not accepted yet: each call is answered once, whatever comes of its saying.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatError } from '../../../lib/client/chat-error.js';
import { Sayings } from '../../../lib/client/sayings.js';

const test = suite('sayings');
const outcome = (said: Promise<number>) => said.catch((error: ChatError) => error.code);

test('accepted: resolves with the sequence number, and the text comes back once', async () => {
  const sayings = new Sayings();
  const said = sayings.said(1, 'hello');
  assert.is(sayings.accepted(1, 7), 'hello');
  assert.is(await said, 7);
  assert.is(sayings.accepted(1, 8), undefined, 'told twice by the server, it is known to the first only');
  assert.is(sayings.accepted(2, 9), undefined, 'nobody said it here');
});

test('refused: rejects that one, and the others wait on', async () => {
  const sayings = new Sayings();
  const [one, other] = [outcome(sayings.said(1, 'a')), outcome(sayings.said(2, 'b'))];
  sayings.refused(1, new ChatError('bad-message', 'Too long.'));
  sayings.accepted(2, 5);
  assert.equal([await one, await other], ['bad-message', 5]);
  assert.is(sayings.accepted(1, 6), undefined);
});

test('given back: all that wait are rejected, and none is left', async () => {
  const sayings = new Sayings();
  const [one, other] = [outcome(sayings.said(1, 'a')), outcome(sayings.said(2, ''))];
  assert.is(sayings.accepted(2, 3), '', 'an empty text is a text');
  sayings.giveBack('connection-lost', 'The connection was lost.');
  assert.equal([await one, await other], ['connection-lost', 3]);
  assert.is(sayings.accepted(1, 4), undefined);
});

test.run();
