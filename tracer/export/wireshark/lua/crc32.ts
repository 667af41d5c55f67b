/*
 * Lua: CRC-32 as in Ethernet and zlib, without bit operators: Lua 5.2 has none in its syntax, and 5.4 has no library for them.
 * A CRC is kept as four bytes, and two bytes are combined by looking them up.
 */

/** Defines `crc32`. */
export const CRC32 = `
-- Exclusive or of two bytes: XOR[a * 256 + b].
local XOR = {}
do
  local nibbles = {}
  for a = 0, 15 do
    for b = 0, 15 do
      local sum, bit, left, right = 0, 1, a, b
      for _ = 1, 4 do
        if left % 2 ~= right % 2 then sum = sum + bit end
        left, right, bit = math.floor(left / 2), math.floor(right / 2), bit * 2
      end
      nibbles[a * 16 + b] = sum
    end
  end
  for a = 0, 255 do
    for b = 0, 255 do
      local high = nibbles[math.floor(a / 16) * 16 + math.floor(b / 16)]
      XOR[a * 256 + b] = high * 16 + nibbles[a % 16 * 16 + b % 16]
    end
  end
end

-- The CRCs of single bytes, each as four bytes, the lowest first. The polynomial is 0xEDB88320.
local BYTE_CRCS = {}
for byte = 0, 255 do
  local b0, b1, b2, b3 = byte, 0, 0, 0
  for _ = 1, 8 do
    local odd = b0 % 2 == 1
    b0 = math.floor(b0 / 2) + b1 % 2 * 128
    b1 = math.floor(b1 / 2) + b2 % 2 * 128
    b2 = math.floor(b2 / 2) + b3 % 2 * 128
    b3 = math.floor(b3 / 2)
    if odd then b0, b1, b2, b3 = XOR[b0 * 256 + 0x20], XOR[b1 * 256 + 0x83], XOR[b2 * 256 + 0xB8], XOR[b3 * 256 + 0xED] end
  end
  BYTE_CRCS[byte] = { b0, b1, b2, b3 }
end

local function crc32(raw)
  local b0, b1, b2, b3 = 255, 255, 255, 255
  for i = 1, #raw do
    local of_byte = BYTE_CRCS[XOR[b0 * 256 + raw:byte(i)]]
    b0, b1, b2, b3 = XOR[b1 * 256 + of_byte[1]], XOR[b2 * 256 + of_byte[2]], XOR[b3 * 256 + of_byte[3]], of_byte[4]
  end
  return (255 - b3) * 16777216 + (255 - b2) * 65536 + (255 - b1) * 256 + (255 - b0)
end
`;
