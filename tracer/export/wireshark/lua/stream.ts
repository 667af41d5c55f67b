/*
 * Lua: the chat over TCP. Frames are put together from segments; which codec a connection speaks is decided once, by the first
 * bytes that tell it.
 */

/** Defines `chatwire.dissector`, `chatwire_heuristic` and `forget_streams`. */
export const STREAM = String.raw`
local tcp_stream = Field.new("tcp.stream")
-- By connection: its codec, and the packet that told it.
local codecs = {}
local function forget_streams() codecs = {} end

-- "surely" and "perhaps" frames or text, by the first bytes of one direction.
local function guess(tvb)
  local length = tvb:len()
  local raw = tvb:raw(0, math.min(length, 256))
  for _, opening in ipairs(OPENINGS) do
    if raw:sub(1, #opening) == opening then return "text", "surely" end
    if opening:sub(1, length) == raw then return "text", "perhaps" end
  end
  if length < HEADER_BYTES then return FRAMES[raw:byte(1)] and (length < 2 or raw:byte(2) == 0) and "frames" or nil, "perhaps" end
  if frame_problem(tvb, 0, false) ~= nil then return nil end
  local name, whole = FRAMES[raw:byte(1)].name, length >= HEADER_BYTES + tvb(2, 2):uint()
  if whole and frame_problem(tvb, 0, true) ~= nil then return nil end
  if name == "HELLO" and raw:sub(5, 8) == MAGIC then return "frames", "surely" end
  if whole and (name == "PROMPT" or name == "BYE") then return "frames", "surely" end
  return "frames", "perhaps"
end

-- Whether a port is in a preference's ranges: "4001,5000-5010".
local function in_ranges(port, ranges)
  for first, last in ranges:gmatch("(%d+)%-?(%d*)") do
    if port >= tonumber(first) and port <= (tonumber(last) or tonumber(first)) then return true end
  end
  return false
end

-- Whether one end is a plain-text door. There a client may type before the server has greeted it, and anything is a line.
local function is_text_door(pinfo)
  local doors = chatwire.prefs.text_ports
  return in_ranges(pinfo.src_port, doors) or in_ranges(pinfo.dst_port, doors)
end

-- A connection's codec; nil, if this is no chat as far as one can see.
local function codec_of(tvb, pinfo, needs)
  local stream = tcp_stream()
  local key = stream and stream.value or 0
  local known = codecs[key]
  if known ~= nil then return pinfo.number >= known.since and known.codec or nil end
  local codec, certainty = guess(tvb)
  if (codec == nil or tvb:len() < HEADER_BYTES) and is_text_door(pinfo) then codec, certainty = "text", "surely" end
  if codec == nil or (needs == "surely" and certainty ~= "surely") then return nil end
  codecs[key] = { codec = codec, since = pinfo.number }
  return codec
end

-- Asks TCP for more: so many bytes, or whatever the next segment has.
local function wait_for(pinfo, at, bytes)
  if pinfo.can_desegment == 0 then return end
  pinfo.desegment_offset = at
  pinfo.desegment_len = bytes
end

local function show_frames(tvb, pinfo, root)
  local at, length = 0, tvb:len()
  while at < length do
    local left = length - at
    if left < HEADER_BYTES then return wait_for(pinfo, at, DESEGMENT_ONE_MORE_SEGMENT) end
    local problem = frame_problem(tvb, at, false)
    if problem ~= nil then
      root:add(chatwire, tvb(at)):add_proto_expert_info(malformed, "From here on: " .. problem)
      return tell(pinfo, "no frame")
    end
    local needed = HEADER_BYTES + tvb(at + 2, 2):uint()
    if left < needed then return wait_for(pinfo, at, needed - left) end
    at = show_frame(tvb, at, pinfo, root)
  end
end

local function show_lines(tvb, pinfo, root)
  local raw, at = tvb:raw(), 0
  while at < #raw do
    local newline = raw:find("\n", at + 1, true)
    if newline == nil then return wait_for(pinfo, at, DESEGMENT_ONE_MORE_SEGMENT) end
    show_line(tvb, at, newline - at, pinfo, root)
    at = newline
  end
end

local function dissect_stream(tvb, pinfo, root, needs)
  local length = tvb:len()
  if length == 0 or tvb:reported_len() ~= length then return 0 end
  local codec = codec_of(tvb, pinfo, needs)
  if codec == nil then return 0 end
  pinfo.cols.protocol:set("Chatwire")
  if codec == "frames" then show_frames(tvb, pinfo, root) else show_lines(tvb, pinfo, root) end
  return length
end

function chatwire.dissector(tvb, pinfo, root) return dissect_stream(tvb, pinfo, root, "perhaps") end

local function chatwire_heuristic(tvb, pinfo, root)
  if dissect_stream(tvb, pinfo, root, "surely") == 0 then return false end
  pinfo.conversation = chatwire
  return true
end
`;
