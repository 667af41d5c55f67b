/*
 * The process that serves: a chat server out of the box, real scrypt and all, with a group to join. Not pinned to a core,
 * since its hashes are computed on threads of their own.
 */
import { ChatClient, ChatServer } from '../../lib/index.js';
import { node } from '../../transports/node.js';
import { PASSWORD, type Served } from './applicants.js';

process.on('disconnect', () => process.exit(0));
const server = new ChatServer(node);
const address = await server.listen('tcp://127.0.0.1:0');
const { group } = await new ChatClient(node, address).create({ name: 'teacher', password: PASSWORD });
process.send?.({ port: Number(new URL(address).port), group } satisfies Served);
