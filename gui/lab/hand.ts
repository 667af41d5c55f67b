/*
 * Something is done to a packet by hand, and said aloud.
 */
import type { Intervention } from '../../lab/run/index.js';
import { announce } from '../design/announcer.js';
import { strings } from '../strings.js';
import { byMs, intervene, run } from './state.js';
import { nameOf } from './words.js';

const { lab } = strings;

/** Does it, if the packet is on its way. */
export function handle(does: Intervention['does'], n: number): void {
  const packet = run.peek().packets[n - 1];
  if (!packet || !intervene(does, n)) return announce(lab.unreachable);
  const name = nameOf(packet);
  announce(does === 'kill' ? lab.event.kill(name) : lab.event[does](name, lab.ms(byMs.peek())));
}
