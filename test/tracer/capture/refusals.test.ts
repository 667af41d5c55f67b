/*
 * What cannot be had is said in a sentence: which program is missing, or what it may not, and the remedy. Programs that
 * say no are played by scripts.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { capturePackets, traceCalls, whyNoCalls } from '../../../tracer/capture/index.js';

let folder = '';
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatwire-capture-'));
});
test.after(() => rmSync(folder, { recursive: true }));

/** A program that does as a script says. */
function playing(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function refusal(find: (name: string) => string | undefined): Promise<string> {
  const begun = await capturePackets({ ports: [4000], find });
  if (!('unavailable' in begun)) throw new Error('It captures.');
  return begun.unavailable;
}

test('no program that captures: how to get one', async () => {
  assert.match(await refusal(() => undefined), /^Neither tcpdump nor dumpcap is installed: `sudo apt-get install tcpdump`/);
});

test('no right to capture: how to get it; the other program is tried', async () => {
  const tcpdump = playing('tcpdump', 'echo "tcpdump: lo: You don\'t have permission to capture on that device" >&2; exit 1');
  const dumpcap = playing('dumpcap', 'echo "dumpcap: it is broken" >&2; exit 2');
  const said = await refusal((name) => (name === 'tcpdump' ? tcpdump : dumpcap));
  assert.match(said, /^tcpdump may not capture here: be root, or allow it once with `sudo setcap/);
  assert.match(said, /dumpcap did not begin to capture: dumpcap: it is broken\.$/);
});

test('a program that writes something else is ended', async () => {
  const tcpdump = playing('chatty', 'while echo "this is no capture, and never will be one"; do :; done');
  assert.match(
    await refusal((name) => (name === 'tcpdump' ? tcpdump : undefined)),
    /tcpdump did not begin to capture: What came is no capture/,
  );
});

test('no strace: how to get it', () => {
  const traced = traceCalls({ command: 'true', args: [], find: () => undefined });
  assert.match('unavailable' in traced ? traced.unavailable : '', process.platform === 'linux' ? /apt-get install strace/ : /Linux only/);
});

test('strace is not permitted: why, and the remedy', () => {
  const said =
    '/usr/bin/strace: test_ptrace_get_syscall_info: PTRACE_TRACEME: Operation not permitted\n/usr/bin/strace: ptrace(PTRACE_TRACEME, ...): Operation not permitted\n';
  assert.match(whyNoCalls(said) ?? '', /^strace may not trace its own child here .*--cap-add=SYS_PTRACE/);
  assert.is(whyNoCalls('Error: the program itself has failed'), undefined);
});

test.run();
