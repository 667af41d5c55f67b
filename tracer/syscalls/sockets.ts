/*
 * Which socket each call is on. A descriptor's number is given again after close(), so a socket is a number between the
 * call that made it and the one that closed it; what `strace -yy` says of it (addresses, or the inodes of a Unix pair)
 * becomes known on the way.
 */
import { descriptor, type SystemCall } from './strace-line.js';

/** A socket's life. */
export interface Socket {
  readonly kind: 'tcp' | 'udp' | 'unix';
  /** Addresses as URLs; absent as long as it has none. */
  local: string | undefined;
  remote: string | undefined;
  /** Where connect() was told to go. */
  dialled: string | undefined;
  /** It accepts connections. */
  listens: boolean;
  /** The listener from which accept() took it. */
  accepted: Socket | undefined;
}

/** A call with what it is on. */
export interface Placed<Call extends SystemCall> {
  readonly call: Call;
  /** The sockets it is on: one; for a wait those that are ready. The one that accept() gave, if it gave one. */
  readonly sockets: readonly Socket[];
}

const SOCKET = /^\d+<(TCP|UDP|UNIX)(?:v6)?(?:-STREAM|-DGRAM|-SEQPACKET)?:\[(.*)\]>$/;
const MAKES = new Set(['socket', 'accept', 'accept4']);

/** Places the calls of one process, in their order. */
export function onSockets<Call extends SystemCall>(calls: readonly Call[]): readonly Placed<Call>[] {
  const open = new Map<number, Socket>();

  /** What an argument or a result says of a socket. */
  function socketIn(text: string | undefined): Socket | undefined {
    const [, kind, about = ''] = SOCKET.exec(text ?? '') ?? [];
    const number = descriptor(text);
    if (kind === undefined || number === undefined) return undefined;
    let socket = open.get(number);
    if (!socket) {
      socket = {
        kind: kind.toLowerCase() as Socket['kind'],
        ...{ local: undefined, remote: undefined, dialled: undefined, listens: false, accepted: undefined },
      };
      open.set(number, socket);
    }
    learn(socket, about);
    return socket;
  }

  function place(call: Call): readonly Socket[] {
    const { name, args, result, error } = call;
    if (name.startsWith('epoll_') && name !== 'epoll_ctl') {
      const ready = [...(args[1] ?? '').matchAll(/u32=(\d+)/g)].map(([, number]) => open.get(Number(number)));
      return [...new Set(ready.filter((socket) => socket !== undefined))];
    }
    if (MAKES.has(name) && error === undefined) {
      const number = descriptor(result);
      const listener = name === 'socket' ? undefined : socketIn(args[0]);
      if (number !== undefined) open.delete(number);
      const made = socketIn(result);
      if (made && listener) made.accepted = listener;
      return made ? [made] : [];
    }
    const socket = socketIn(args[name === 'epoll_ctl' ? 2 : 0]);
    if (!socket) return [];
    if (name === 'listen') socket.listens = true;
    if (name === 'connect') socket.dialled = addressIn(args[1] ?? '', socket.kind);
    if (name === 'connect' && socket.kind === 'udp' && error === undefined) socket.remote = socket.dialled;
    if (name === 'getsockname' && socket.kind !== 'unix') socket.local = addressIn(args[1] ?? '', socket.kind) ?? socket.local;
    if (name === 'bind' && socket.kind === 'unix') socket.local = addressIn(args[1] ?? '', 'unix');
    if (name === 'close' && error === undefined) open.delete(descriptor(args[0]) as number);
    return [socket];
  }

  return calls.map((call) => ({ call, sockets: place(call) }));
}

function learn(socket: Socket, about: string): void {
  if (socket.kind === 'unix') return;
  const [local, remote] = about.split('->');
  // strace does not see that connect() has chosen an address for a socket of datagrams; getsockname() tells
  const isWildcard = /^(?:0\.0\.0\.0|\[::\]):/.test(local ?? '');
  if (local?.includes(':') && !(isWildcard && socket.local !== undefined)) socket.local = `${socket.kind}://${local}`;
  if (remote !== undefined) socket.remote = `${socket.kind}://${remote}`;
}

/** The address in a structure, as a URL; nothing if it has none. */
export function addressIn(text: string, kind: Socket['kind']): string | undefined {
  const [, path] = /sun_path="((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
  if (path !== undefined) return `unix:${path}`;
  const [, port] = /sin6?_port=htons\((\d+)\)/.exec(text) ?? [];
  const [, host] = /inet_addr\("([^"]+)"\)/.exec(text) ?? [];
  const [, host6] = /inet_pton\(AF_INET6, "([^"]+)"/.exec(text) ?? [];
  if (port === undefined) return undefined;
  return host !== undefined ? `${kind}://${host}:${port}` : host6 !== undefined ? `${kind}://[${host6}]:${port}` : undefined;
}
