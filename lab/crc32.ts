/*
 * CRC-32 as in Ethernet and zlib, in plain JavaScript, for where there is no node:zlib: a table of the remainders of all
 * bytes, and one step for each byte. RFC 1952 section 8.
 */

/** x^32 + x^26 + x^23 + … + 1, its bits in reverse. */
const POLYNOMIAL = 0xedb8_8320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ ((remainder & 1) * POLYNOMIAL);
  return remainder;
});

/** The checksum of some bytes. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  // An iterator would take three times as long, and this is most of what an experiment does.
  for (let index = 0; index < bytes.length; index += 1) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[index] as number)) & 0xff] as number);
  return (crc ^ 0xffff_ffff) >>> 0;
}
