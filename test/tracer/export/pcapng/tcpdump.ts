/*
 * The real tcpdump on loopback, while a test does something: what the kernel saw of it.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Root may capture. In CI whoever is not root may ask sudo. */
const isRoot = process.getuid?.() === 0;

/** Whether loopback can be captured here. */
export const mayCapture = isRoot || process.env.CI !== undefined;

/** Captures loopback until `act` is over; gives a capture file. */
export async function capturing(act: () => Promise<void>): Promise<Uint8Array> {
  const args = ['-i', 'lo', '-n', '-U', '--immediate-mode', '-B', '32768', '-s', '0', '-w', '-'];
  const tcpdump = isRoot ? spawn('tcpdump', args) : spawn('sudo', ['-n', 'tcpdump', ...args]);
  const closed = once(tcpdump, 'close');
  let stderr = '';
  const chunks: Buffer[] = [];
  let tail = Buffer.alloc(0);
  const mark = randomBytes(32);
  let onMark = (): void => {};
  tcpdump.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    tail = Buffer.concat([tail.subarray(-mark.length), chunk]);
    if (tail.includes(mark)) onMark();
  });
  const listening = new Promise<void>((resolve, reject) => {
    tcpdump.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (stderr.includes('listening on')) resolve();
    });
    tcpdump.once('error', reject);
    tcpdump.once('close', () => reject(new Error(`tcpdump ended: ${stderr}`)));
  });
  try {
    await listening;
    await act();
    // packets come in their order: when the mark has come, so has everything before it
    const marked = new Promise<void>((resolve) => {
      onMark = resolve;
    });
    await sendMark(mark);
    await marked;
  } finally {
    tcpdump.kill('SIGINT');
    await closed;
  }
  if (!/\b0 packets dropped by kernel/.test(stderr)) throw new Error(`tcpdump missed packets: ${stderr}`);
  return new Uint8Array(Buffer.concat(chunks));
}

/** A datagram to a socket of our own. */
async function sendMark(mark: Uint8Array): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const arrived = once(socket, 'message');
  socket.send(mark, socket.address().port, '127.0.0.1');
  await arrived;
  socket.close();
}
