/*
 * What /proc/net/tcp and tcp6 say of sockets (Linux, proc_net(5)), as the lines that `ss` would print, for machines without
 * it: addresses and states, none of the figures. Anybody may read it.
 */

/** As include/net/tcp_states.h of Linux counts them. */
const STATES: Readonly<Record<string, string>> = {
  '01': 'ESTAB',
  '02': 'SYN-SENT',
  '03': 'SYN-RECV',
  '04': 'FIN-WAIT-1',
  '05': 'FIN-WAIT-2',
  '06': 'TIME-WAIT',
  '08': 'CLOSE-WAIT',
  '09': 'LAST-ACK',
  '0B': 'CLOSING',
};
const LINE = /^ *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{2}) /;

/** The sockets at some ports, a line each, without those that listen. */
export function asSsPrints(table: string, wanted: readonly number[]): string {
  return table
    .split('\n')
    .flatMap((line) => {
      const [, local = '', localPort = '', remote = '', remotePort = '', code = ''] = LINE.exec(line) ?? [];
      const state = STATES[code];
      const ports = [localPort, remotePort].map((hex) => Number.parseInt(hex, 16));
      if (state === undefined || !ports.some((port) => wanted.includes(port))) return [];
      return `${state} 0 0 ${hostOf(local)}:${ports[0]} ${hostOf(remote)}:${ports[1]}`;
    })
    .join('\n');
}

/** Words of 32 bits, each as the machine stores it: the lowest byte first, here. */
function hostOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)));
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => (((bytes[2 * i] as number) << 8) | (bytes[2 * i + 1] as number)).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname; // in its shortest form, in brackets
}
