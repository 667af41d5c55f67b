/*
 * The options that all views for the terminal share.
 */
import type { Lane } from '../join/story.js';
import type { PlotOptions } from '../layout/index.js';
import type { TimeColumn } from './drawing.js';

/** How a view looks. */
export interface ViewOptions extends PlotOptions {
  /** The width; no row is wider. From 60 on there is a ladder, below that a list. */
  readonly columns: number;
  /** Nothing but ASCII, names and words of peers included. Default: false. */
  readonly ascii?: boolean;
  /** The lanes that are shown; default: all. Notes are always. */
  readonly lanes?: readonly Lane[];
  /** Times since the start, or since the row before. Default: relative. */
  readonly time?: TimeColumn;
  /** Whether the reason of each step is shown. Default: false. */
  readonly why?: boolean;
  /** Default: as the terminal and NO_COLOR have it. */
  readonly colours?: boolean;
}
