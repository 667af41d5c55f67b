/*
 * An argument of a system call as a person wants to read it: an address instead of a structure, no kernel numbers.
 */

/** An argument without what does not help: the kernel's numbers, structures of which one part counts. */
export function shortArgument(argument: string): string {
  const inet = /sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/.exec(argument);
  if (inet && !argument.includes('iov')) return `${inet[2]}:${inet[1]}`;
  const path = /sun_path="([^"]+)"/.exec(argument);
  if (path) return `${path[1]}`;
  const events = [...argument.matchAll(/events=([A-Z|]+), data=\{u32=(\d+)/g)].map(([, name = '', on]) => `${on}: ${name}`);
  if (events.length > 0) return `{${events.join(', ')}}`;
  const length = /iov_len=(\d+)/.exec(argument);
  if (length) return `{… ${length[1]} bytes}`;
  if (argument.startsWith('{msg_name')) return '{…}';
  return argument
    .replace(/^(\d+)<.*>$/, '$1')
    .replace(/^0x[0-9a-f]+$/, '…')
    .replace('SOCK_STREAM', 'STREAM')
    .replace('SOCK_DGRAM', 'DGRAM')
    .replace('SOCK_CLOEXEC', 'CLOEXEC')
    .replace('SOCK_NONBLOCK', 'NONBLOCK');
}
