/*
 * The file of a Unix socket, which outlives a server that dies. One that nobody answers at is replaced; a live one,
 * and whatever is no socket, is left alone and said to be in the way. That Node removes it at close() is libuv's doing.
 */
import { lstat, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { type Address, TransportError } from '../../lib/transport.js';

/**
 * Removes a socket file that was left behind. Rejects with `address-in-use` if anything else is there, and as the
 * system does if the directory is not; binding itself would call that EACCES, for the sake of Windows.
 */
export async function makeWay(address: Address, path: string): Promise<void> {
  await stat(dirname(path));
  const file = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return;
  if (!file.isSocket()) {
    throw new TransportError('address-in-use', `${address} names something that is no socket, so it is left alone: choose another path.`);
  }
  if (await answers(path)) {
    throw new TransportError('address-in-use', `Somebody listens at ${address} already: stop that program, or choose another path.`);
  }
  await unlink(path);
}

/** Binds so that only the owner may connect: the file never exists with wider permissions. In a worker thread, which may not, the process's umask holds. */
export function ownerOnly(bind: () => void): void {
  if (!isMainThread) {
    bind();
    return;
  }
  const before = process.umask(0o177);
  try {
    bind();
  } finally {
    process.umask(before);
  }
}

/** Whether there is a listener behind the file. Only a refusal says no: who may not ask must not delete. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
  });
}
