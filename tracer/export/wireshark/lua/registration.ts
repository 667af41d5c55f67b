/*
 * Lua: where Wireshark calls the dissectors: on ports that can be chosen in the preferences, by "Decode As", and wherever
 * a conversation begins as a chat does.
 */

/** Registers everything. */
export const REGISTRATION = `
chatwire.fields = fields
udp.fields = udp_fields

function chatwire.init()
  forget_streams()
  told_packet = nil
end

function udp.init()
  forget_segments()
  forget_talks()
end

-- Ports in a preference: what was registered for the old ones is taken back.
local function on_ports(proto, table_name, ports)
  proto.prefs.ports = Pref.range("Ports", ports, "Where a chat is expected. Elsewhere it is known by how it begins.", 65535)
  local dissectors = DissectorTable.get(table_name)
  local registered = ""
  local function register_ports()
    if registered ~= "" then dissectors:remove(registered, proto) end
    registered = proto.prefs.ports
    if registered ~= "" then dissectors:add(registered, proto) end
  end
  proto.prefs_changed = register_ports
  register_ports()
end

on_ports(chatwire, "tcp.port", TCP_PORTS)
on_ports(udp, "udp.port", UDP_PORTS)
chatwire:register_heuristic("tcp", chatwire_heuristic)
udp:register_heuristic("udp", udp_heuristic)
`;
