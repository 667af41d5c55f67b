/*
 * The parts of qlog's schemas that are written here: the main schema's file, trace and event, and of QUIC's events the
 * packets and the recovery (draft-ietf-quic-qlog-main-schema-02, draft-ietf-quic-qlog-quic-events-01). Names are theirs.
 */

/** The whole file. */
export interface QlogFile {
  readonly qlog_version: string;
  readonly qlog_format: 'JSON';
  readonly title: string;
  readonly description: string;
  readonly traces: readonly QlogTrace[];
}

/** What one end of one connection saw. */
export interface QlogTrace {
  readonly title: string;
  readonly vantage_point: { readonly name: string; readonly type: 'client' | 'server' };
  readonly common_fields: {
    readonly time_format: 'relative';
    /** Milliseconds since 1970, from which times count. */
    readonly reference_time: number;
    readonly protocol_type: readonly string[];
    readonly group_id: string;
  };
  readonly events: readonly QlogEvent[];
}

/** One event, in milliseconds. */
export interface QlogEvent {
  readonly time: number;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event that has not got its place yet. */
export interface PlacedEvent extends Omit<QlogEvent, 'time'> {
  /** Nanoseconds since the trace's start. */
  readonly atNs: number;
}
