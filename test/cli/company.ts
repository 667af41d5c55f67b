/*
 * Company for the command under test: a server in this process, and Dana in a group of hers, ready to be
 * talked to.
 */
import { ChatClient, ChatServer, type ChatServerOptions } from '../../lib/index.js';
import { node } from '../../transports/node.js';

/** A server with a group in it. */
export interface Company {
  readonly server: ChatServer;
  readonly address: string;
  readonly group: string;
  readonly dana: ChatClient;
}

/** The password of every group in these tests. */
export const PASSWORD = 'secret';

const open = new Set<{ close(): Promise<unknown> }>();

/** Starts a server, and Dana creates a group on it. */
export async function company(options?: ChatServerOptions): Promise<Company> {
  const { server, address } = await chatServer('tcp://127.0.0.1:0', options);
  const dana = new ChatClient(node, address, { reconnect: false });
  const { group } = await dana.create({ name: 'Dana', password: PASSWORD });
  return { server, address, group, dana };
}

/** Starts a server. */
export async function chatServer(
  address = 'tcp://127.0.0.1:0',
  options?: ChatServerOptions,
): Promise<{ server: ChatServer; address: string }> {
  const server = new ChatServer(node, options);
  open.add({ close: () => server.close({ graceMs: 0 }) });
  return { server, address: await server.listen(address) };
}

/** Ends every server that a test has left. */
export async function closeCompany(): Promise<void> {
  const left = [...open];
  open.clear();
  await Promise.all(left.map((server) => server.close()));
}
