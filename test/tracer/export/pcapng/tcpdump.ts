/*
 * The real tcpdump on loopback, while a test does something: what the kernel saw of it.
 */
import { spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** The last datagram of a capture, which is the test's own. */
export const MARK = Buffer.from('the capture ends here');

/** Root may capture. In CI whoever is not root may ask sudo. */
const isRoot = process.getuid?.() === 0;

/** Whether loopback can be captured here. */
export const mayCapture = isRoot || process.env.CI !== undefined;

/** Captures what goes over loopback from and to a port, until `act` is over; gives a capture file. */
export async function capturing(port: number, act: () => Promise<void>): Promise<Uint8Array> {
  const marker = await markSocket();
  const filter = `port ${port} or udp port ${marker.address().port}`;
  const args = ['-i', 'lo', '-n', '-U', '--immediate-mode', '-B', '32768', '-s', '0', '-w', '-', filter];
  const tcpdump = isRoot ? spawn('tcpdump', args) : spawn('sudo', ['-n', 'tcpdump', ...args]);
  const closed = once(tcpdump, 'close');
  let stderr = '';
  const chunks: Buffer[] = [];
  let tail = Buffer.alloc(0);
  let onMark = (): void => {};
  tcpdump.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    tail = Buffer.concat([tail, chunk]).subarray(-2 * MARK.length - chunk.length);
    if (tail.includes(MARK)) onMark();
  });
  try {
    await new Promise<void>((resolve, reject) => {
      tcpdump.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        if (stderr.includes('listening on')) resolve();
      });
      tcpdump.once('error', reject);
      tcpdump.once('close', () => reject(new Error(`tcpdump ended: ${stderr}`)));
    });
    await act();
    // packets come in their order: when the mark has come, so has everything before it
    await new Promise<void>((resolve) => {
      onMark = resolve;
      marker.send(MARK, marker.address().port, '127.0.0.1');
    });
  } finally {
    marker.close();
    tcpdump.kill('SIGINT');
    await closed;
  }
  if (!/\b0 packets dropped by kernel/.test(stderr)) throw new Error(`tcpdump missed packets: ${stderr}`);
  return new Uint8Array(Buffer.concat(chunks));
}

/** A socket that sends the mark to itself. */
async function markSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
