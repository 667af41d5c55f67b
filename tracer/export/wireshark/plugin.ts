/*
 * Chatwire's dissector for Wireshark, as Lua source: the tables of frames and packets, which say everything about the
 * fields, and the code that walks them (lua/). No bit operators and no integer division, so it runs in Lua 5.2 and 5.4.
 */
import { FAREWELLS, promptFrame } from '../../../lib/session/questions.js';
import { HEADER_BYTES, MAGIC, MAX_PAYLOAD_BYTES } from '../../../lib/wire/frames.js';
import * as udp from '../../../transports/udp/wire/packets.js';
import { FIRST_SERVER_PORT } from '../pcapng/addresses.js';
import { literal } from './literal.js';
import { CHAT } from './lua/chat.js';
import { CRC32 } from './lua/crc32.js';
import { FIELDS } from './lua/fields.js';
import { PACKETS } from './lua/packets.js';
import { REGISTRATION } from './lua/registration.js';
import { SEGMENTS } from './lua/segments.js';
import { STREAM } from './lua/stream.js';
import { frameTable, headerTable, packetFrameTable, packetTable } from './tables.js';

/** The ports of the README's examples; exports of Unix sockets count theirs from another on. */
const PORTS = '4000-4001';
const TEXT_PORTS = '4001';
const MADE_PORTS = `${FIRST_SERVER_PORT}-${FIRST_SERVER_PORT + 15}`;

const HEAD = `-- Chatwire for Wireshark and tshark 4.x: the chat over TCP (frames and the plain-text door), and UDP-with-ack.
--
--   tshark -X lua_script:chatwire.lua -r run.pcapng
--   Wireshark: copy it into the folder that Help > About > Folders calls "Personal Lua Plugins".
--
-- Made by \`chatwire trace wireshark-plugin\` from the tables of frames and packets; change those, not this file.
-- Filters: chatwire.frame.type == "SAY", chatwire.say.text, chatwire.udp.segment, chatwire.udp.retransmission ...
`;

/** The plugin, whole. */
export function wiresharkPlugin(): string {
  const constants = Object.entries({
    HEADER_BYTES,
    MAX_PAYLOAD_BYTES,
    MAGIC: String.fromCharCode(...[24, 16, 8, 0].map((shift) => (MAGIC >>> shift) & 0xff)),
    OPENINGS: [promptFrame(1, 'menu').text, ...Object.values(FAREWELLS)],
    TCP_PORTS: `${PORTS},${MADE_PORTS}`,
    TEXT_PORTS,
    UDP_PORTS: PORTS,
    UDP_VERSION: udp.VERSION,
    UDP_SMALLEST_BYTES: udp.SMALLEST_BYTES,
    UDP_TRAILER_BYTES: udp.TRAILER_BYTES,
    FRAMES: frameTable(),
    UDP_PACKETS: packetTable(),
    UDP_FRAMES: packetFrameTable(),
    UDP_HEADER: headerTable(),
  }).map(([name, value]) => `local ${name} = ${literal(value)}\n`);
  return [HEAD, constants.join(''), FIELDS, CHAT, STREAM, CRC32, SEGMENTS, PACKETS, REGISTRATION].join('\n');
}
