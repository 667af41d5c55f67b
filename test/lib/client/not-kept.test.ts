/*
 * What the server's log does not keep: say() rejects, whether the log says so or throws, and the chat goes on.
 */
import { config } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient, ChatError, ChatServer, MemoryGroupLog } from '../../../lib/index.js';
import { chatHost } from './chat-host.js';

const host = chatHost();
const unheard: unknown[] = [];
const failing: { how: 'gone' | 'throws' | undefined } = { how: undefined };

/** A log in memory that fails when it is told to. */
class FailingLog extends MemoryGroupLog {
  override append(...[group, entry, reply]: Parameters<MemoryGroupLog['append']>): void {
    if (failing.how === 'throws') throw new Error('the disk is full');
    super.append(failing.how === 'gone' ? 'no such group' : group, entry, reply);
  }
}

test.before.each(() => {
  config.onUnhandledError = (error) => unheard.push(error);
});

test.after.each(() => {
  config.onUnhandledError = null;
});

for (const how of ['gone', 'throws'] as const) {
  test(`a log for which the group is ${how === 'gone' ? 'gone' : 'there, and which throws'}: say() rejects with a sentence`, async () => {
    const server = new ChatServer(host, { log: new FailingLog({ randomBytes: (count) => host.randomBytes(count) }) });
    await server.listen(`memory:${how}`);
    const ann = new ChatClient(host, `memory:${how}`);
    await ann.create({ name: 'Ann', password: 'secret' });
    failing.how = how;
    const error = await ann.say('lost').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    failing.how = undefined;
    assert.instance(error, ChatError);
    assert.match((error as ChatError).message, 'Your message was not taken');
    assert.is(await ann.say('kept'), 1);
    await ann.exit();
    await server.close();
    await new Promise((resolve) => setTimeout(resolve, 0)); // rxjs reports what nobody caught in a task of its own
    assert.equal(unheard.splice(0).map(String), how === 'throws' ? ['Error: the disk is full'] : []);
  });
}

test.run();
