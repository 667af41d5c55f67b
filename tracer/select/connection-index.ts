/*
 * The table of connections: who, where, when, how much, and how each ended.
 */
import type { ArrowStep, JoinedConnection, MarkStep, Story } from '../join/story.js';
import { turnsOf } from './follow.js';

/** A number for each direction. */
export interface Directions {
  /** From the client to the server. */
  up: number;
  down: number;
}

/** One connection in the table. */
export interface ConnectionRow {
  readonly connection: JoinedConnection;
  /** Names. */
  readonly client: string;
  readonly server: string;
  /** Nanoseconds since the trace's start: its first and its last step. */
  readonly began: number;
  readonly lasted: number;
  readonly frames: Directions;
  /** Datagrams, or writes; what the kernels say to each other is not counted. */
  readonly segments: Directions;
  /** Bytes of the stream, each once. */
  readonly bytes: Directions;
  readonly retransmissions: number;
  readonly lost: number;
  /** In a few words. */
  readonly end: string;
}

type Counting = { -readonly [K in keyof Omit<ConnectionRow, 'client' | 'server' | 'end' | 'bytes'>]: ConnectionRow[K] } & {
  arrows: ArrowStep[];
  closed: MarkStep[];
  bye: ArrowStep | undefined;
  hung: ArrowStep | undefined;
};

/** What ends a connection, as the transport tells it or as a capture has it. */
const ENDINGS = /^(?:CLOSE|END|FIN|RST|FIN-ACK|FIN-PSH-ACK|RST-ACK)$/;

/** Counts what each connection has. */
export function connectionIndex(story: Story): readonly ConnectionRow[] {
  const counts = new Map(story.connections.map((connection) => [connection.id, counting(connection)]));
  for (const step of story.steps) {
    if (step.kind === 'note') continue;
    const count = counts.get(step.connection);
    if (!count) continue;
    if (count.began < 0) count.began = step.at;
    count.lasted = Math.max(count.lasted, step.at - count.began);
    if (step.kind === 'mark') {
      if (step.label === 'closed') count.closed.push(step);
    } else countArrow(step, count);
  }
  const nameOf = (actor: string) => story.actors.find(({ id }) => id === actor)?.name ?? actor;
  return [...counts.values()].map(({ arrows, closed, bye, hung, ...count }) => ({
    ...count,
    client: nameOf(count.connection.client),
    server: nameOf(count.connection.server),
    began: Math.max(0, count.began),
    bytes: bytesOf(count.connection, arrows),
    end: endInWords(closed, bye, hung, nameOf),
  }));
}

function counting(connection: JoinedConnection): Counting {
  const none = () => ({ up: 0, down: 0 });
  return {
    ...{ connection, began: -1, lasted: 0, frames: none(), segments: none(), retransmissions: 0, lost: 0 },
    ...{ arrows: [], closed: [], bye: undefined, hung: undefined },
  };
}

function countArrow(step: ArrowStep, count: Counting): void {
  count.arrows.push(step);
  const way = step.from === count.connection.client ? 'up' : 'down';
  if (step.label === 'BYE') count.bye ??= step;
  if (ENDINGS.test(step.label)) count.hung ??= step;
  if (step.lane === 'frames') count.frames[way] += 1;
  if (step.lane !== 'segments' || step.bytes.length === 0) return;
  count.segments[way] += 1;
  if (step.repeats) count.retransmissions += 1;
  if (step.outcome === 'lost' || step.outcome === 'corrupted') count.lost += 1;
}

function bytesOf(connection: JoinedConnection, arrows: readonly ArrowStep[]): Directions {
  const bytes = { up: 0, down: 0 };
  for (const turn of turnsOf(connection, arrows)) bytes[turn.from === 'client' ? 'up' : 'down'] += turn.bytes.length;
  return bytes;
}

function endInWords(
  closed: readonly MarkStep[],
  bye: ArrowStep | undefined,
  hung: ArrowStep | undefined,
  nameOf: (actor: string) => string,
): string {
  const broken = closed.find(({ words }) => words.includes(': '));
  if (broken) return broken.words.slice(broken.words.indexOf(': ') + 2);
  if (bye) return `BYE ${bye.words.split(':')[0]}, from ${nameOf(bye.from)}`;
  if (hung) return hung.label.startsWith('RST') ? `reset by ${nameOf(hung.from)}` : `closed in order, first by ${nameOf(hung.from)}`;
  return closed.length > 0 ? 'closed' : 'still open';
}
