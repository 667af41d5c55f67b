/*
 * The schemas of qlog 0.3 as far as we write them, as tables: draft-ietf-quic-qlog-main-schema-04 (file, trace, common fields,
 * event) and draft-ietf-quic-qlog-quic-events-03 (packets, frames, recovery). A field that a table does not name is a mistake,
 * unless it is one of those of our own, which both documents allow in frames and in events of other categories.
 */
type Check = (value: unknown) => boolean;
interface Field {
  readonly check: Check;
  readonly required: boolean;
}
type Table = Readonly<Record<string, Field>>;

const must = (check: Check): Field => ({ check, required: true });
const may = (check: Check): Field => ({ check, required: false });
const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const uint: Check = (value) => number(value) && Number.isInteger(value);
const flag: Check = (value) => typeof value === 'boolean';
const hex: Check = (value) => typeof value === 'string' && /^(?:[0-9a-f]{2})*$/.test(value);
const one =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
const some =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every(check);
const many =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const range: Check = (value) => many(uint)(value) && [1, 2].includes((value as unknown[]).length);
const like =
  (table: Table, own: readonly string[] = []): Check =>
  (value) =>
    mistakes(value, table, own).length === 0;

const RAW: Table = { length: may(uint), payload_length: may(uint), data: may(hex) };
const HEADER: Table = {
  packet_type: must(one('initial', 'handshake', '0RTT', '1RTT', 'retry', 'version_negotiation', 'stateless_reset', 'unknown')),
  ...{ packet_number: may(uint), flags: may(uint), length: may(uint), version: may(hex), scil: may(uint), dcil: may(uint) },
  ...{ scid: may(hex), dcid: may(hex) },
};
const FRAMES: Readonly<Record<string, Table>> = {
  stream: { stream_id: must(uint), offset: must(uint), length: must(uint), fin: may(flag), raw: may(hex) },
  ack: { ack_delay: may(number), acked_ranges: may(some(range)) },
  ping: {},
  path_challenge: { data: may(hex) },
  path_response: { data: may(hex) },
  connection_close: {
    ...{ error_space: may(one('transport', 'application')), error_code: may((value) => uint(value) || text(value)) },
    ...{ raw_error_code: may(uint), reason: may(text) },
  },
};
/** What QUIC's frames have no place for. */
const OWN_OF_FRAMES = ['segment', 'next_segment', 'credit_segments'];
const frame: Check = (value) => {
  const table = FRAMES[(value as { frame_type?: string }).frame_type ?? ''];
  return table !== undefined && like({ frame_type: must(text), ...table }, OWN_OF_FRAMES)(value);
};
const DROPPED = one(
  ...['key_unavailable', 'unknown_connection_id', 'header_parse_error', 'payload_decrypt_error', 'protocol_violation', 'dos_prevention'],
  ...['unsupported_version', 'unexpected_packet', 'unexpected_source_connection_id', 'unexpected_version', 'duplicate', 'invalid_initial'],
);
const PACKET: Table = { header: must(like(HEADER)), frames: may(many(frame)), raw: may(like(RAW)), trigger: may(text) };
const EVENTS: Readonly<Record<string, Table>> = {
  'transport:packet_sent': PACKET,
  'transport:packet_received': PACKET,
  'transport:packet_dropped': { header: may(like(HEADER)), raw: may(like(RAW)), trigger: may(DROPPED) },
  'recovery:packet_lost': {
    header: may(like({ ...HEADER, packet_number: must(uint) })),
    frames: may(many(frame)),
    trigger: may(one('reordering_threshold', 'time_threshold', 'pto_expired')),
  },
  'recovery:metrics_updated': {
    ...{ min_rtt: may(number), smoothed_rtt: may(number), latest_rtt: may(number), rtt_variance: may(number), pto_count: may(uint) },
    ...{ congestion_window: may(uint), bytes_in_flight: may(uint), ssthresh: may(uint), packets_in_flight: may(uint) },
  },
};
const event: Check = (value) => {
  const { name = '', data } = value as { name?: string; data?: unknown };
  if (
    !like({ time: must(number), name: must((it) => /^[a-z0-9]+:[a-z_]+$/.test(String(it))), data: must((it) => typeof it === 'object') })(
      value,
    )
  )
    return false;
  const table = EVENTS[name];
  return table ? like(table)(data) : name.startsWith('chat:'); // a category of our own
};
const COMMON: Table = {
  ...{ time_format: may(one('absolute', 'relative', 'delta')), reference_time: may(number) },
  ...{ protocol_type: may(some(text)), group_id: may((value) => text(value) || uint(value)) },
};
const TRACE: Table = {
  ...{ title: may(text), description: may(text), common_fields: may(like(COMMON)) },
  vantage_point: must(
    like({ name: may(text), type: must(one('client', 'server', 'network', 'unknown')), flow: may(one('client', 'server')) }),
  ),
  events: must(many(event)),
};
const FILE: Table = {
  ...{ qlog_version: must(one('0.3')), qlog_format: may(one('JSON')), title: may(text), description: may(text) },
  ...{ summary: may((value) => typeof value === 'object'), traces: may(many(like(TRACE))) },
};

/** What is wrong in a qlog file; nothing, if it is as the schemas have it. */
export function qlogMistakes(file: unknown): readonly string[] {
  const { traces = [] } = file as { traces?: readonly { events?: readonly unknown[] }[] };
  const events = traces.flatMap((trace) => (trace.events ?? []).filter((one) => !event(one)).map((one) => `event ${JSON.stringify(one)}`));
  return [...mistakes(file, FILE), ...traces.flatMap((trace) => mistakes(trace, TRACE)), ...events.slice(0, 5)];
}

function mistakes(value: unknown, table: Table, own: readonly string[] = []): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['no object'];
  const fields = value as Readonly<Record<string, unknown>>;
  return [
    ...Object.entries(table).flatMap(([name, { check, required }]) =>
      name in fields ? (check(fields[name]) ? [] : [`${name} is wrong`]) : required ? [`${name} is missing`] : [],
    ),
    ...Object.keys(fields).flatMap((name) => (name in table || own.includes(name) ? [] : [`${name} is unknown`])),
  ];
}
