/*
 * The lessons in the order in which one would teach them.
 */

import type { Example } from '../stage/stage.js';
import { backlog } from './backlog.js';
import { blocking } from './blocking.js';
import { cookie } from './cookie.js';
import { framing } from './framing.js';
import { halfClose } from './half-close.js';
import { handshake } from './handshake.js';
import type { Lesson } from './lesson.js';
import { loss } from './loss.js';
import { passwords } from './passwords.js';
import { rebinding } from './rebinding.js';
import { slowReader } from './slow-reader.js';

export { type Answer, type Lesson, NotSeenError, type Question, type Setting } from './lesson.js';
export { play } from './play.js';
export { rowsInWords } from './reading.js';
export { storyOf } from './shown.js';

/** In teaching order. */
export const lessons: readonly Lesson[] = [
  handshake,
  framing,
  halfClose,
  loss,
  blocking,
  slowReader,
  backlog,
  rebinding,
  cookie,
  passwords,
];

/** What they perform in real time. */
export const performedByLessons: readonly Example[] = lessons.flatMap((lesson) =>
  'example' in lesson && typeof lesson.example !== 'function' ? lesson.example : [],
);
