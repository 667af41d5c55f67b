/*
 * A machine for tests of server and client together: memory instead of sockets, passwords that are not
 * hashed, Node's time.
 */
import type { Host } from '../../../lib/host.js';
import type { PasswordRecord } from '../../../lib/index.js';
import { memoryNetwork } from '../../../transports/memory/index.js';
import { node } from '../../../transports/node.js';

/** A host with a network of its own. */
export function chatHost(): Host {
  const plain = (password: string): PasswordRecord => ({
    scheme: 'plain',
    salt: new Uint8Array(0),
    hash: new TextEncoder().encode(password),
  });
  return {
    ...node,
    transports: [memoryNetwork()],
    passwords: {
      hash: (password) => Promise.resolve(plain(password)),
      verify: (password, record) => Promise.resolve(record !== undefined && `${plain(password).hash}` === `${record.hash}`),
    },
  };
}
