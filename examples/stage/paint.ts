/*
 * Colours for the telling. They only help the eye: whatever they say, the words beside them say, too.
 */
import { Chalk } from 'chalk';

/** Chalk as the terminal can show it, and without colours where NO_COLOR is set (https://no-color.org). */
export const paint = process.env.NO_COLOR ? new Chalk({ level: 0 }) : new Chalk();
