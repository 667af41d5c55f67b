/*
 * Draws the ladders under docs/figures/ladders: each take as a figure of what is to be seen in it.
 */
import { type Lane, svg, tell, withoutPreparation } from '../../tracer/index.js';
import { drawnParts, LANES } from './below.js';
import { type Take, traceOf } from './takes.js';

const NAMES = { tcp: 'TCP', udp: 'UDP-with-ack', unix: 'a Unix socket' } as const;

/** Draws the figure of a take. */
export async function drawLadder(take: Take): Promise<string> {
  const trace = await traceOf(take);
  const shown = withoutPreparation(tell(trace), trace.header);
  if (take.below) return svg(drawnParts(shown), { title: `${take.example.title}, over TCP, seen from below`, lanes: LANES });
  return svg(shown, { title: `${take.example.title}, over ${NAMES[take.transport]}`, lanes: lanesOf(take) });
}

/** Everything of a handshake; of a dialogue the frames, and the packets where there is more in them than those frames. */
function lanesOf({ example, transport }: Take): readonly Lane[] {
  if (example.name === 'handshake') return ['frames', 'segments', 'states'];
  return transport === 'udp' ? ['frames', 'segments'] : ['frames'];
}
