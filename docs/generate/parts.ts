/*
 * What docs/protocol.md has generated, by the names of its markers.
 */
import { choiceValues } from './choices.js';
import type { Parts } from './document.js';
import { ladder, textDialogue } from './example-3.js';
import { frameSections, frameTable } from './frames.js';
import { fixedLimits, serverLimits } from './limits.js';
import { clientDiagram, clientStates, questions, serverDiagram, serverEvents, serverStates } from './states.js';

/** Every generated part. */
export const PARTS: Parts = {
  'frame-table': frameTable,
  frames: frameSections,
  choices: choiceValues,
  questions,
  'server-diagram': serverDiagram,
  'server-states': serverStates,
  'server-events': serverEvents,
  'client-diagram': clientDiagram,
  'client-states': clientStates,
  'example-3': ladder,
  'example-3-text': textDialogue,
  'server-limits': serverLimits,
  'fixed-limits': fixedLimits,
};
