/*
 * A story as qlog (draft-ietf-quic-qlog-main-schema), for qvis and other programs that draw what QUIC does: UDP-with-ack has
 * packet numbers, ACK ranges and a handshake with a cookie as QUIC has, so its packets fit into QUIC's events. Every
 * connection gives two traces, one as each end saw it. What the chat says stands in events of its own (`chat:`), over any transport.
 */
import type { ArrowStep, JoinedConnection, Story } from '../../join/story.js';
import { fit } from '../svg/metrics.js';
import { chatEvents } from './chat.js';
import type { QlogEvent, QlogFile, QlogTrace } from './schema.js';
import { transportEvents } from './transport.js';

/** What a viewer must know to draw it; 0.3 is the version that qvis opens. */
const VERSION = '0.3';
const NS_PER_MS = 1e6;

/** Writes a story as qlog, in its JSON form. */
export function qlog(story: Story): string {
  const traces = story.connections.flatMap((connection) => (['client', 'server'] as const).map((end) => traceOf(story, connection, end)));
  const file: QlogFile = {
    qlog_version: VERSION,
    qlog_format: 'JSON',
    title: fit(story.title),
    description:
      'Written by Chatwire. UDP-with-ack is shown in the events of QUIC: SYN as initial, COOKIE as retry, CONNECT as 0RTT, OPEN as 1RTT. Secrets are masked, and lengths are those of the masked packets.',
    traces: traces.filter(({ events }) => events.length > 0),
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/** Whose events are in it: those of a datagram's packets are QUIC's. */
function protocolsOf({ scheme }: JoinedConnection): readonly string[] {
  return scheme === 'udp' ? ['QUIC', 'CHATWIRE'] : ['CHATWIRE'];
}

function traceOf({ steps, actors, startedAtMs }: Story, connection: JoinedConnection, end: 'client' | 'server'): QlogTrace {
  const id = connection[end];
  const name = fit(actors.find((actor) => actor.id === id)?.name ?? id);
  const arrows = steps.filter((step): step is ArrowStep => step.kind === 'arrow' && step.connection === connection.id);
  const packets = connection.scheme === 'udp' ? transportEvents(arrows, id) : [];
  const events: readonly QlogEvent[] = [...packets, ...chatEvents(arrows, id)]
    .sort((a, b) => a.atNs - b.atNs)
    .map(({ atNs, ...event }) => ({
      time: atNs / NS_PER_MS,
      ...event,
    }));
  return {
    title: `${connection.id}, ${connection.scheme}, as ${name} saw it`,
    vantage_point: { name, type: end },
    common_fields: {
      time_format: 'relative',
      reference_time: startedAtMs,
      protocol_type: protocolsOf(connection),
      group_id: connection.id,
    },
    events,
  };
}
