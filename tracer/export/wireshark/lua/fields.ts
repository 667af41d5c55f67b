/*
 * Lua: the declared fields as Wireshark's, how far each reaches, and how it is shown. One walk over the tables for all frames and packets.
 */

/** Defines `chatwire`, `udp`, `register`, `measure`, `measure_all`, `show` and `show_all`. */
export const FIELDS = `
local chatwire = Proto("chatwire", "Chatwire")
local udp = Proto("chatwire.udp", "Chatwire UDP-with-ack")
-- What the Protos are given at the end: Wireshark takes their fields only once, all of them.
local fields, udp_fields = {}, {}

local TYPES = { u8 = ftypes.UINT8, u16 = ftypes.UINT16, u32 = ftypes.UINT32, u64 = ftypes.UINT64, choice = ftypes.UINT8,
                list = ftypes.UINT16, str = ftypes.STRING, bytes = ftypes.BYTES, record = ftypes.NONE }
local SIZES = { u8 = 1, u16 = 2, u32 = 4, u64 = 8, choice = 1 }

local function field_of(list, name, filter, type, doc, values)
  local is_number = type == ftypes.UINT8 or type == ftypes.UINT16 or type == ftypes.UINT32 or type == ftypes.UINT64
  local field = ProtoField.new(name, filter, type, values, is_number and base.DEC or base.NONE, nil, doc)
  list[#list + 1] = field
  return field
end

-- Makes Wireshark's fields of declared ones.
local function register(list, entries)
  for _, entry in ipairs(entries) do
    entry.field = field_of(list, entry.name, entry.filter, TYPES[entry.kind], entry.doc, entry.values)
    if entry.kind == "list" then register(list, { entry.of }) end
    if entry.kind == "record" then register(list, entry.fields) end
  end
end

local field_length = field_of(fields, "Length", "chatwire.field_length", ftypes.UINT16, "bytes of the field that follows")

-- Where a field that begins at a place ends; nil, if it is not what its declaration says.
local measure_all
local function measure(entry, tvb, at, limit)
  local size = SIZES[entry.kind]
  if size ~= nil then
    if at + size > limit then return nil end
    if entry.kind == "choice" and entry.values[tvb(at, 1):uint()] == nil then return nil end
    return at + size
  end
  if entry.kind == "record" then return measure_all(entry.fields, tvb, at, limit) end
  if at + 2 > limit then return nil end
  local count = tvb(at, 2):uint()
  at = at + 2
  if entry.kind ~= "list" then return at + count <= limit and at + count or nil end
  for _ = 1, count do
    at = measure(entry.of, tvb, at, limit)
    if at == nil then return nil end
  end
  return at
end

measure_all = function(entries, tvb, at, limit)
  for _, entry in ipairs(entries) do
    at = measure(entry, tvb, at, limit)
    if at == nil then return nil end
  end
  return at
end

-- Shows a field that was measured; returns where it ends, and its text if it is one.
local show_all
local function show(entry, tvb, at, limit, tree)
  local size = SIZES[entry.kind]
  if size ~= nil then
    tree:add(entry.field, tvb(at, size))
    return at + size
  end
  if entry.kind == "record" then
    local ends = measure_all(entry.fields, tvb, at, limit)
    show_all(entry.fields, tvb, at, limit, tree:add(entry.field, tvb(at, ends - at)))
    return ends
  end
  local count = tvb(at, 2):uint()
  if entry.kind == "list" then
    local items = tree:add(entry.field, tvb(at, 2))
    at = at + 2
    for _ = 1, count do at = show(entry.of, tvb, at, limit, items) end
    return at
  end
  local item, text
  if entry.kind == "str" then
    text = count > 0 and tvb(at + 2, count):string(ENC_UTF_8) or ""
    if count > 0 then item = tree:add_packet_field(entry.field, tvb(at + 2, count), ENC_UTF_8)
    else item = tree:add(entry.field, tvb(at, 2), "") end
  else
    item = tree:add(entry.field, tvb(at + 2, count))
    if count == 0 then item:set_text(entry.name .. ": (empty)") end
  end
  item:add(field_length, tvb(at, 2))
  return at + 2 + count, text
end

-- Shows fields that were measured; returns where they end, and the texts among them.
show_all = function(entries, tvb, at, limit, tree)
  local texts = {}
  for _, entry in ipairs(entries) do
    local text
    at, text = show(entry, tvb, at, limit, tree)
    if text ~= nil and text ~= "" then texts[#texts + 1] = text end
  end
  return at, texts
end
`;
