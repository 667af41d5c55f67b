/* A story laid out in rows and columns: what every picture of it has in common. */
export { type Bracket, brackets, bracketTeller } from './brackets.js';
export { actorsOf, type Columns, columnsOf, type Head, takingPart } from './columns.js';
export { inLanes, type Layout, type LayoutOptions, layout } from './layout.js';
export type { Phase } from './phase.js';
export { type ArrivalRow, type ArrowRow, type MarkRow, type NoteRow, type PlotOptions, type Plotter, plotter, type Row } from './plot.js';
export { type ReasonOf, reasonTeller } from './reasons.js';
export { remarksOn, wordsBehind } from './remarks.js';
export { deltaText, timeText } from './time-text.js';
