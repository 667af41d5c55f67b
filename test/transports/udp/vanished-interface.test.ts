/*
 * The network interface vanishes while data is on its way, and comes back: sends fail with the system's own errors meanwhile,
 * nothing crashes, and the stream goes on where it was. In a network namespace of its own, where there is just the one interface.
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { built } from '../../built.js';
import { needsTool } from '../../tool.js';

const hasTools = ['unshare', 'ip'].every(needsTool);
/** Who may not make a namespace cannot take the interface away from anybody. */
const mayUnshare = hasTools && spawnSync('unshare', ['-n', 'true']).status === 0;

const PROGRAM = `
  import { execFileSync } from 'node:child_process';
  import { filter, firstValueFrom, scan } from 'rxjs';
  import { udp } from ${JSON.stringify(pathToFileURL(built('transports/udp/index.ts')).href)};

  const ip = (...args) => execFileSync('ip', args);
  ip('link', 'set', 'lo', 'up');
  const listener = await udp.listen('udp://127.0.0.1:0');
  const accepted = firstValueFrom(listener.connections$);
  const client = await udp.dial(listener.address);
  const server = await accepted;
  const text$ = server.received$.pipe(scan((all, bytes) => all + Buffer.from(bytes).toString(), ''));
  const arrived = firstValueFrom(text$.pipe(filter((text) => text === 'before, meanwhile')));
  client.send(Buffer.from('before, '));
  ip('link', 'set', 'lo', 'down');
  client.send(Buffer.from('meanwhile'));
  await firstValueFrom(client.stats$.pipe(filter(({ timeouts }) => timeouts > 0)));
  ip('link', 'set', 'lo', 'up');
  console.log(await arrived);
  for (const end of [client, server]) end.abort();
  await listener.close();
`;

(mayUnshare ? test : test.skip)('what was sent meanwhile arrives when the interface is back', () => {
  const program = ['-n', process.execPath, '--input-type=module', '-e', PROGRAM];
  const { status, stdout, stderr } = spawnSync('unshare', program, { encoding: 'utf8' });
  assert.equal([stdout, stderr, status], ['before, meanwhile\n', '', 0]);
});

test.run();
