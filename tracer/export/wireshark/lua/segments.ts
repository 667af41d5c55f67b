/*
 * Lua: what is remembered of UDP-with-ack connections. Each packet is looked at once, the first time that it is dissected; what was found is
 * kept by its number, so that marks stay where they are when Wireshark dissects again.
 */

/** Defines `findings` and `forget_segments`. */
export const SEGMENTS = String.raw`
-- By direction of a connection: what has come so far. By packet: what was found in it.
local directions, found = {}, {}
local function forget_segments() directions, found = {}, {} end

local function direction_of(pinfo, destination)
  local key = table.concat({ tostring(pinfo.src), pinfo.src_port, tostring(pinfo.dst), pinfo.dst_port, destination }, " ")
  local direction = directions[key]
  if direction == nil then
    direction = { packets = {}, segments = {}, waiting = {}, next = 0, pending = "" }
    directions[key] = direction
  end
  return direction
end

-- Takes whole frames, or lines, off the front of what is pending; the rest waits.
local function take_whole(direction)
  local pending, at = direction.pending, 1
  if direction.codec == nil and pending ~= "" then direction.codec = pending:byte(1) < 0x20 and "frames" or "text" end
  while at <= #pending do
    local ends
    if direction.codec == "text" then
      local newline = pending:find("\n", at, true)
      ends = newline and newline + 1
    elseif #pending - at + 1 >= HEADER_BYTES then
      ends = at + HEADER_BYTES + pending:byte(at + 2) * 256 + pending:byte(at + 3)
    end
    if ends == nil or ends > #pending + 1 then break end
    at = ends
  end
  direction.pending = pending:sub(at)
  return pending:sub(1, at - 1)
end

-- What a packet brings: the packet that it is a copy of, the segments that were sent before (and in which packet), and the
-- bytes of the chat that are whole with it. "segments" is a list of number and bytes.
local function findings(pinfo, destination, number, segments)
  local finding = found[pinfo.number]
  if finding ~= nil then return finding end
  finding = { again = {}, chat = "" }
  found[pinfo.number] = finding
  local direction = direction_of(pinfo, destination)
  if direction.packets[number] ~= nil then
    finding.copy_of = direction.packets[number]
    return finding
  end
  direction.packets[number] = pinfo.number
  for _, segment in ipairs(segments) do
    local first = direction.segments[segment.number]
    if first ~= nil then finding.again[segment.number] = first
    else
      direction.segments[segment.number] = pinfo.number
      direction.waiting[segment.number] = segment.bytes
    end
  end
  while direction.waiting[direction.next] ~= nil do
    direction.pending = direction.pending .. direction.waiting[direction.next]
    direction.waiting[direction.next] = nil
    direction.next = direction.next + 1
  end
  finding.chat = take_whole(direction)
  finding.codec = direction.codec
  return finding
end
`;
