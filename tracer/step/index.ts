/* A place in a story, and the ways to move it. */
export { type Cursor, cursorAt, type Move, moved, type Sought } from './cursor.js';
