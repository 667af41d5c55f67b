/*
 * The programs that capture packets: how each is called, and what it says when it may not.
 */

/** A program that captures. */
export interface CaptureTool {
  readonly name: string;
  /** Its arguments for a capture of loopback, in the pcap format, to its output, packet by packet. */
  readonly args: (loopback: string, filter: string) => readonly string[];
  /** How to get it, and how to be allowed to use it. */
  readonly install: string;
  readonly allow: string;
}

/** The kernel's buffer, in MiB. In immediate mode each packet takes a place as large as loopback's largest, 64 KiB: the usual 2 MiB hold 31 of them, and a burst has more. */
const BUFFER_MIB = 32;

/** In the order in which they are tried. */
export const CAPTURE_TOOLS: readonly CaptureTool[] = [
  {
    name: 'tcpdump',
    args: (loopback, filter) => [
      '-i',
      loopback,
      '-n',
      '-U',
      '--immediate-mode',
      '-B',
      String(BUFFER_MIB * 1024),
      '-s',
      '0',
      '-w',
      '-',
      filter,
    ],
    install: 'sudo apt-get install tcpdump',
    allow: 'sudo setcap cap_net_raw,cap_net_admin+ep "$(command -v tcpdump)"',
  },
  {
    name: 'dumpcap',
    args: (loopback, filter) => ['-i', loopback, '-q', '-P', '-B', String(BUFFER_MIB), '-s', '0', '-w', '-', '-f', filter],
    install: 'sudo apt-get install wireshark-common',
    allow: 'sudo dpkg-reconfigure wireshark-common; sudo usermod -aG wireshark "$USER"',
  },
];

/** The name of loopback here. */
export const LOOPBACK = process.platform === 'linux' ? 'lo' : 'lo0';

const FORBIDDEN = /permission|not permitted|privilege|CAP_NET_RAW|denied/i;

/** Why a tool did not begin, in a sentence with the remedy. */
export function whyNoCapture({ name, allow }: CaptureTool, said: string): string {
  if (FORBIDDEN.test(said)) return `${name} may not capture here: be root, or allow it once with \`${allow}\`.`;
  const last = said.trim().split('\n').at(-1) ?? '';
  return `${name} did not begin to capture${last === '' ? '' : `: ${last}`}.`;
}

/** That there is no tool at all. */
export function noCaptureTool(): string {
  const [first] = CAPTURE_TOOLS;
  const names = CAPTURE_TOOLS.map(({ name }) => name).join(' nor ');
  return `Neither ${names} is installed: \`${first?.install}\`, and be root, or \`${first?.allow}\`.`;
}
