/*
 * The server's session as a graph, and both sessions as tables, from their transition tables in lib/session.
 */

import { CLIENT_STATES } from '../../../lib/session/client-states.js';
import { ALWAYS, SERVER_STATES, type ServerState, serverState } from '../../../lib/session/server-states.js';
import type { Arrow, Box, Graph } from './graph.js';

/** A state, as a row of a table. */
export interface StateRow {
  readonly state: string;
  readonly asks: string;
  readonly doc: string;
  readonly ways: readonly { readonly events: readonly string[]; readonly to: string }[];
}

const STATES = Object.keys(SERVER_STATES) as ServerState[];

/** The server's states as a graph; what leads to `closing` from everywhere is left to the words below it. */
export function serverGraph(): Graph {
  const boxes = STATES.map((state): Box => {
    const { asks, waits } = serverState(state);
    const fill = asks ? '#e7f0fb' : waits ? '#fff4e0' : state === 'chatting' ? '#e8f5ec' : '#f0f0f0';
    return { id: state, label: asks ? `${state}\nasks: ${asks}` : waits ? `${state}\nwaits` : state, fill };
  });
  const arrows = STATES.flatMap((state) =>
    waysOf(serverState(state).on).map(({ events, to }): Arrow => {
      const back = events.every((event) => event === 'leave' || event === 'rejected' || event === 'refused');
      return { from: state, to, label: events.join('\n'), dashed: back };
    }),
  );
  return { boxes, arrows: arrows.filter(({ from, to }) => from !== to), direction: 'TB', rankGap: 0.35 };
}

/** The server's states, row by row. */
export function serverRows(): StateRow[] {
  return STATES.map((state) => {
    const { asks, waits, doc, on } = serverState(state);
    return { state, asks: asks ?? (waits ? 'waits' : ''), doc, ways: waysOf(on) };
  });
}

/** The client's states, row by row. */
export function clientRows(): StateRow[] {
  return Object.entries(CLIENT_STATES).map(([state, { doc, on }]) => ({ state, asks: '', doc, ways: waysOf(on) }));
}

/** Events that lead to the same state from everywhere. */
export const always: readonly { readonly event: string; readonly to: string }[] = Object.entries(ALWAYS).map(([event, to]) => ({
  event,
  to,
}));

function waysOf(on: Readonly<Partial<Record<string, string>>>): StateRow['ways'] {
  const targets = new Map<string, string[]>();
  for (const [event, to = ''] of Object.entries(on)) targets.set(to, [...(targets.get(to) ?? []), event]);
  return [...targets].map(([to, events]) => ({ events, to }));
}
