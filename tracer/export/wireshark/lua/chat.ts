/*
 * Lua: one frame of the chat, one line of the plain-text door, and what the column beside a packet says.
 */

/** Defines `show_frame`, `show_line`, `frame_problem` and `tell`. */
export const CHAT = String.raw`
local frame_names = {}
for code, frame in pairs(FRAMES) do
  frame_names[code] = frame.name
  register(fields, frame.fields)
end

local frame_type = field_of(fields, "Type", "chatwire.frame.type", ftypes.UINT8, "which frame it is", frame_names)
local frame_flags = field_of(fields, "Flags", "chatwire.frame.flags", ftypes.UINT8, "always 0 in version 1")
local frame_length = field_of(fields, "Length", "chatwire.frame.length", ftypes.UINT16, "bytes of payload")
local line_text = field_of(fields, "Text", "chatwire.line.text", ftypes.STRING, "a line at the plain-text door")
local malformed = ProtoExpert.new("chatwire.malformed", "This is no frame of the chat", expert.group.MALFORMED, expert.severity.ERROR)
chatwire.experts = { malformed }

-- Adds to the column beside the packet. A packet with the end of one frame and the whole of another is dissected in two goes.
local told_packet
local function tell(pinfo, words)
  if told_packet == pinfo.number then pinfo.cols.info:append(", " .. words)
  else pinfo.cols.info:set(words) end
  told_packet = pinfo.number
end

local function short(words)
  local text = table.concat(words, ", "):gsub("%c", " ")
  if #text <= 80 then return text end
  return text:sub(1, 80):gsub("[\192-\255][\128-\191]*$", "") .. "..." -- no half of a character
end

-- What is wrong with a frame's header, or with its whole if "whole" is asked for; nil, if nothing is.
local function frame_problem(tvb, at, whole)
  local frame = FRAMES[tvb(at, 1):uint()]
  if frame == nil then return "no frame has this type" end
  if tvb(at + 1, 1):uint() ~= 0 then return "the flags are not 0" end
  local length = tvb(at + 2, 2):uint()
  if length > MAX_PAYLOAD_BYTES then return "a frame has no more than " .. MAX_PAYLOAD_BYTES .. " bytes" end
  local ends = at + HEADER_BYTES + length
  if whole and measure_all(frame.fields, tvb, at + HEADER_BYTES, ends) ~= ends then return "its fields do not fit it" end
  return nil
end

-- Shows the frame that is whole at a place; returns where it ends.
local function show_frame(tvb, at, pinfo, root)
  local frame = FRAMES[tvb(at, 1):uint()]
  local ends = at + HEADER_BYTES + tvb(at + 2, 2):uint()
  local tree = root:add(chatwire, tvb(at, ends - at))
  tree:add(frame_type, tvb(at, 1))
  tree:add(frame_flags, tvb(at + 1, 1))
  tree:add(frame_length, tvb(at + 2, 2))
  local problem = frame_problem(tvb, at, true)
  local words = frame.name
  if problem ~= nil then tree:add_proto_expert_info(malformed, frame.name .. ": " .. problem)
  else
    local _, texts = show_all(frame.fields, tvb, at + HEADER_BYTES, ends, tree)
    if #texts > 0 then words = words .. ": " .. short(texts) end
  end
  tree:set_text("Chatwire, " .. words)
  tell(pinfo, words)
  return ends
end

-- A line without what telnet negotiates between its letters (RFC 854), and without its end.
local function plain(line)
  line = line:gsub("\255\250.-\255\240", ""):gsub("\255[\251-\254].", ""):gsub("\255.", "")
  return (line:gsub("[\r\n\0]+$", ""))
end

-- Shows a line whose end is known.
local function show_line(tvb, at, length, pinfo, root)
  local text = plain(tvb:raw(at, length))
  local tree = root:add(chatwire, tvb(at, length))
  local start = tvb:raw(at, length):find(text, 1, true)
  if #text > 0 and start ~= nil then tree:add_packet_field(line_text, tvb(at + start - 1, #text), ENC_UTF_8)
  else tree:add(line_text, tvb(at, length), text) end
  tree:set_text("Chatwire, line: " .. short({ text }))
  tell(pinfo, "LINE: " .. short({ text }))
end
`;
