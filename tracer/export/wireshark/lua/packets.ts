/*
 * Lua: the packets of UDP-with-ack, their frames, and the chat that their segments carry.
 */

/** Defines `udp.dissector`, `udp_heuristic` and `forget_talks`. */
export const PACKETS = `
local packet_names, inner_names = {}, {}
for code, packet in pairs(UDP_PACKETS) do
  packet_names[code] = packet.name
  register(udp_fields, packet.fields)
end
for code, frame in pairs(UDP_FRAMES) do
  inner_names[code] = frame.name
  register(udp_fields, frame.fields)
end
register(udp_fields, UDP_HEADER)

local packet_version = ProtoField.new("Version", "chatwire.udp.version", ftypes.UINT8, nil, base.DEC, 0xF0, "the protocol's version")
local packet_type = ProtoField.new("Type", "chatwire.udp.type", ftypes.UINT8, packet_names, base.DEC, 0x0F, "which packet it is")
udp_fields[#udp_fields + 1] = packet_version
udp_fields[#udp_fields + 1] = packet_type
local packet_crc = ProtoField.new("CRC-32", "chatwire.udp.crc", ftypes.UINT32, nil, base.HEX, nil, "over all that stands before it")
udp_fields[#udp_fields + 1] = packet_crc
local inner = field_of(udp_fields, "Frame", "chatwire.udp.frame", ftypes.NONE, "a frame in the packet")
local inner_type = field_of(udp_fields, "Type", "chatwire.udp.frame.type", ftypes.UINT8, "which frame it is", inner_names)
local any_segment = field_of(udp_fields, "Segment", "chatwire.udp.segment", ftypes.UINT32, "a segment's number, of a DATA or a FIN")
local first_sent = field_of(udp_fields, "First sent in", "chatwire.udp.first_sent", ftypes.FRAMENUM, "the packet that carried the segment first")
local retransmission = ProtoExpert.new("chatwire.udp.retransmission", "A segment that was sent before", expert.group.SEQUENCE, expert.severity.NOTE)
local copy = ProtoExpert.new("chatwire.udp.copy", "This packet was there before", expert.group.SEQUENCE, expert.severity.NOTE)
local spoilt = ProtoExpert.new("chatwire.udp.spoilt", "The checksum is wrong: the receiver drops it", expert.group.CHECKSUM, expert.severity.ERROR)
local misshapen = ProtoExpert.new("chatwire.udp.malformed", "This is no packet", expert.group.MALFORMED, expert.severity.ERROR)
udp.experts = { retransmission, copy, spoilt, misshapen }

-- Between which sockets packets have been seen.
local talks = {}
local function forget_talks() talks = {} end
local function talk_of(pinfo)
  local ends = { tostring(pinfo.src) .. " " .. pinfo.src_port, tostring(pinfo.dst) .. " " .. pinfo.dst_port }
  table.sort(ends)
  return table.concat(ends, " ")
end

local function is_intact(tvb)
  local body = tvb:len() - UDP_TRAILER_BYTES
  return crc32(tvb:raw(0, body)) == tvb(body, UDP_TRAILER_BYTES):uint()
end

-- The frames from a place on: where each begins and ends, and the segments; nil, if they are not what they should be.
local function inner_frames(tvb, at, limit)
  local frames, segments = {}, {}
  while at < limit do
    local declared = UDP_FRAMES[tvb(at, 1):uint()]
    local ends = declared and measure_all(declared.fields, tvb, at + 1, limit)
    if ends == nil then return nil end
    local frame = { declared = declared, at = at, ends = ends }
    if declared.name == "DATA" or declared.name == "FIN" then
      frame.segment = tvb(at + 1, 4):uint()
      segments[#segments + 1] = { number = frame.segment, bytes = ends - at > 7 and tvb:raw(at + 7, ends - at - 7) or "" }
    end
    frames[#frames + 1] = frame
    at = ends
  end
  return frames, segments
end

local function show_inner(tvb, frame, finding, tree)
  local name, segment = frame.declared.name, frame.segment
  local item = tree:add(inner, tvb(frame.at, frame.ends - frame.at))
  item:add(inner_type, tvb(frame.at, 1))
  show_all(frame.declared.fields, tvb, frame.at + 1, frame.ends, item)
  local words = segment ~= nil and name .. " " .. segment or name
  if segment ~= nil then item:add(any_segment, tvb(frame.at + 1, 4)):set_generated() end
  local first = segment ~= nil and finding.copy_of == nil and finding.again[segment] or nil
  if first ~= nil then
    item:add(first_sent, first):set_generated()
    item:add_proto_expert_info(retransmission, "Segment " .. segment .. " was sent before, in packet " .. first)
    words = words .. " again"
  end
  item:set_text("Frame: " .. words)
  return words
end

local function show_chat(finding, pinfo, root)
  if finding.chat == "" then return end
  local tvb = ByteArray.new(finding.chat, true):tvb("Chat")
  local show = finding.codec == "text" and show_lines or show_frames
  show(tvb, pinfo, root)
end

local function show_packet(tvb, pinfo, root, declared)
  local limit = tvb:len() - UDP_TRAILER_BYTES
  local tree = root:add(udp, tvb())
  tree:add(packet_version, tvb(0, 1))
  tree:add(packet_type, tvb(0, 1))
  local at = show_all(UDP_HEADER, tvb, 1, limit, tree)
  local number, destination = tvb(10, 4):uint(), tvb(2, 8):bytes():tohex()
  local words = { number > 0 and declared.name .. " " .. number or declared.name }
  local ends = measure_all(declared.fields, tvb, at, limit)
  local frames, segments
  if ends ~= nil then
    show_all(declared.fields, tvb, at, limit, tree)
    if declared.frames then frames, segments = inner_frames(tvb, ends, limit) end
  end
  if ends == nil or (declared.frames and frames == nil) or (not declared.frames and ends ~= limit) then
    tree:add_proto_expert_info(misshapen, "The fields of this " .. declared.name .. " do not fit it")
    return tell(pinfo, declared.name .. ", malformed")
  end
  local finding = frames ~= nil and findings(pinfo, destination, number, segments) or nil
  for _, frame in ipairs(frames or {}) do words[#words + 1] = show_inner(tvb, frame, finding, tree) end
  tree:add(packet_crc, tvb(limit, UDP_TRAILER_BYTES)):append_text(" (right)")
  if finding ~= nil and finding.copy_of ~= nil then
    tree:add_proto_expert_info(copy, "A copy of packet " .. finding.copy_of)
    words[#words + 1] = "a copy"
  end
  tree:set_text("Chatwire UDP-with-ack, " .. table.concat(words, ", "))
  tell(pinfo, table.concat(words, ", "))
  if finding ~= nil then show_chat(finding, pinfo, root) end
end

local function show_spoilt(tvb, pinfo, root)
  local tree = root:add(udp, tvb())
  tree:add(packet_crc, tvb(tvb:len() - UDP_TRAILER_BYTES, UDP_TRAILER_BYTES)):append_text(" (wrong)")
  tree:add_proto_expert_info(spoilt)
  tell(pinfo, "a spoilt packet")
end

-- The packet that a datagram is; nil, if it is none.
local function declared_of(tvb)
  if tvb:len() < UDP_SMALLEST_BYTES or tvb:reported_len() ~= tvb:len() then return nil end
  local first = tvb(0, 1):uint()
  return math.floor(first / 16) == UDP_VERSION and UDP_PACKETS[first % 16] or nil
end

local function dissect_datagram(tvb, pinfo, root)
  local talk = talk_of(pinfo)
  local declared = declared_of(tvb)
  local intact = declared ~= nil and is_intact(tvb)
  if not intact and (talks[talk] == nil or tvb:len() < UDP_SMALLEST_BYTES) then return 0 end
  talks[talk] = true
  pinfo.cols.protocol:set("Chatwire/UDP")
  if intact then show_packet(tvb, pinfo, root, declared) else show_spoilt(tvb, pinfo, root) end
  return tvb:len()
end

function udp.dissector(tvb, pinfo, root) return dissect_datagram(tvb, pinfo, root) end

local function udp_heuristic(tvb, pinfo, root)
  if declared_of(tvb) == nil or dissect_datagram(tvb, pinfo, root) == 0 then return false end
  pinfo.conversation = udp
  return true
end
`;
