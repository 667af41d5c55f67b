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

-- Ports in preferences: what was registered for the old ones is taken back.
local function on_ports(proto, table_name, ports, text_ports)
  proto.prefs.ports = Pref.range("Ports", ports, "Where a chat is expected. Elsewhere it is known by how it begins.", 65535)
  if text_ports ~= nil then
    proto.prefs.text_ports = Pref.range("Plain-text ports", text_ports, "Where every line is taken for a chat's, even if a client types before the server has greeted it.", 65535)
  end
  local dissectors = DissectorTable.get(table_name)
  local registered = {}
  local function register_ports()
    for _, ranges in ipairs(registered) do dissectors:remove(ranges, proto) end
    registered = {}
    for _, ranges in ipairs({ proto.prefs.ports, text_ports ~= nil and proto.prefs.text_ports or "" }) do
      if ranges ~= "" then
        dissectors:add(ranges, proto)
        table.insert(registered, ranges)
      end
    end
  end
  proto.prefs_changed = register_ports
  register_ports()
end

on_ports(chatwire, "tcp.port", TCP_PORTS, TEXT_PORTS)
on_ports(udp, "udp.port", UDP_PORTS)
chatwire:register_heuristic("tcp", chatwire_heuristic)
udp:register_heuristic("udp", udp_heuristic)
`;
