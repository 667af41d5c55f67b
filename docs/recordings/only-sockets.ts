/*
 * Keeps, of a whole strace recording, the calls on the sockets of the chat and the waiting for them. A call that was
 * interrupted by another thread's is put together again. Times are told from the first call that is kept. What was
 * sent and received is cut out: it holds a password and a token.
 */

const SOCKET = /(?<!\d)(\d+)<(?:TCP|UDP|UNIX)(?:v6)?(?:-STREAM|-DGRAM)?:/g;
const WAITING = /^epoll_p?wait\(/;
const QUOTED = /(inet_addr\(|sun_path=|\[\d+,|->\d+,)?"(?:[^"\\]|\\.)*"(?:\.\.\.)?/g;

/** The lines that are kept, each as `seconds call`. */
export function onlySockets(recording: string): string[] {
  const all = whole(recording.split('\n'));
  const process = all[0]?.process;
  const ours = all.filter((line) => line.process === process);
  const sockets = new Set(ours.flatMap(({ call }) => socketsIn(call)));
  const waitsFor = (call: string) => [...call.matchAll(/u32=(\d+)/g)].some(([, descriptor]) => sockets.has(Number(descriptor)));
  const kept = ours.filter(({ call }) => socketsIn(call).length > 0 || (WAITING.test(call) && waitsFor(call)));
  const start = kept[0]?.time ?? 0;
  return kept.map(({ time, call }) => `${(time - start).toFixed(6)} ${withoutPayload(call)}`);
}

/** The call without any text between quotes that is not an address or the name of a socket file. */
function withoutPayload(call: string): string {
  return call.replace(QUOTED, (quoted, address?: string) => (address === undefined ? '"•••"' : quoted));
}

/** The descriptors of sockets that a call names, without those of standard input and output, which may be sockets, too. */
function socketsIn(call: string): number[] {
  return [...call.matchAll(SOCKET)].map(([, descriptor]) => Number(descriptor)).filter((descriptor) => descriptor > 2);
}

interface Line {
  readonly process: string;
  readonly time: number;
  readonly call: string;
}

function whole(lines: readonly string[]): Line[] {
  const begun = new Map<string, { time: number; call: string }>();
  const all: Line[] = [];
  for (const line of lines) {
    const [, process = '', time = '', call = ''] = /^(\d+) +(\d+\.\d+) (.*)$/.exec(line) ?? [];
    const unfinished = / <unfinished \.\.\.>$/;
    const resumed = /^<\.\.\. \w+ resumed>/;
    if (unfinished.test(call)) begun.set(process, { time: Number(time), call: call.replace(unfinished, '') });
    else if (resumed.test(call)) {
      const first = begun.get(process);
      if (first) all.push({ process, time: first.time, call: first.call + call.replace(resumed, '') });
    } else if (/^\w+\(/.test(call)) all.push({ process, time: Number(time), call });
  }
  return all;
}
