/*
 * Shows a tap one frame, without its secrets. Server and client report through here, so that nothing
 * reaches a tap unmasked by another way.
 */
import type { Direction, Tap } from '../trace.js';
import type { Frame } from './frames.js';
import { showFrame } from './mask.js';

/** Who saw a frame, where and when. */
export interface FrameSighting {
  readonly at: number;
  readonly connection: string;
  readonly actor: string;
  readonly direction: Direction;
}

/** Shows a tap one frame, without its secrets. */
export function tapFrame(tap: Tap, sighting: FrameSighting, frame: Frame): void {
  tap.event({ layer: 'frame', ...sighting, ...showFrame(frame, tap.showSecrets) });
}
