/*
 * WebSocket framing (RFC 6455) as far as the load needs it: the upgrade request, masked frames up, and the length of unmasked
 * frames down. Written by hand so that a member of ws or socket.io costs the load process no more than one of naive;
 * it checks nothing, and no real client should be made of it.
 */
export const opcode = { text: 0x81, binary: 0x82 } as const;

const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** The HTTP request that opens a WebSocket. */
export function upgradeRequest(path: string): Buffer {
  return Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
}

/** How many bytes the server's HTTP answer takes; 0 while it is not all there. */
export function upgradeAnswerLength(bytes: Buffer): number {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return 0;
  if (!bytes.toString('latin1', 0, 12).endsWith('101')) throw new Error(`no upgrade: ${bytes.toString('latin1', 0, end)}`);
  return end + 4;
}

/** One masked frame, as clients must send them. */
export function maskedFrame(firstByte: number, payload: Buffer): Buffer {
  const header =
    payload.length < 126
      ? Buffer.from([firstByte, 0x80 | payload.length])
      : Buffer.from([firstByte, 0xfe, payload.length >> 8, payload.length & 255]);
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index & 3] as number)));
  return Buffer.concat([header, mask, masked]);
}

/** How long the header of the frame at `at` is: 2, 4 or 10 bytes. */
export function headerLength(bytes: Buffer, at: number): number {
  const short = (bytes[at + 1] as number) & 0x7f;
  return short < 126 ? 2 : short === 126 ? 4 : 10;
}

/** The whole length of the unmasked frame at `at`, whose header is there. */
export function frameLength(bytes: Buffer, at: number): number {
  const short = (bytes[at + 1] as number) & 0x7f;
  if (short < 126) return 2 + short;
  return short === 126 ? 4 + bytes.readUInt16BE(at + 2) : 10 + Number(bytes.readBigUInt64BE(at + 2));
}
