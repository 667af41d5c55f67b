/*
 * TCP_NODELAY, as the system sees it: both ends of a TCP connection switch Nagle's algorithm off, since a frame that waits
 * for the acknowledgement of the one before it is late by a round trip.
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { built } from '../built.js';
import { needsTool } from '../tool.js';

const withStrace = needsTool('strace') ? test : test.skip;

const PROGRAM = `
  import { tcp } from ${JSON.stringify(pathToFileURL(built('transports/tcp/index.ts')).href)};
  const listener = await tcp.listen('tcp://127.0.0.1:0');
  const accepted = new Promise((resolve) => listener.connections$.subscribe(resolve));
  const dialled = await tcp.dial(listener.address);
  for (const end of [dialled, await accepted]) end.abort();
  await listener.close();
`;

withStrace('both ends of a connection have it', () => {
  const strace = ['-f', '-e', 'trace=setsockopt', process.execPath, '--input-type=module', '-e', PROGRAM];
  const { status, stderr } = spawnSync('strace', strace, { encoding: 'utf8' });
  assert.is(status, 0, stderr);
  const calls = stderr.match(/setsockopt\(\d+, SOL_TCP, TCP_NODELAY, \[1\], 4\) += 0/g) ?? [];
  assert.is(calls.length, 2, stderr);
});

test.run();
