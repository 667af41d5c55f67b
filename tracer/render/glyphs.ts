/*
 * The characters that ladders are drawn with, each one column wide: box drawing, or plain ASCII.
 */

/** One character for each part of a drawing. */
export interface Glyphs {
  readonly life: string;
  readonly line: string;
  /** A line of what was inferred, or seen at one end only. */
  readonly dashed: string;
  readonly double: string;
  readonly crossing: string;
  readonly leaveRight: string;
  readonly leaveLeft: string;
  readonly headRight: string;
  readonly headLeft: string;
  /** On its way: the line goes down on later rows. */
  readonly way: string;
  /** The corners of an arrow to the right: from its line to the way down, and from there to its head. */
  readonly downRight: string;
  readonly onRight: string;
  /** And of one to the left. */
  readonly downLeft: string;
  readonly onLeft: string;
  readonly lost: string;
  readonly corrupted: string;
  readonly mark: string;
  readonly phaseTop: string;
  readonly phase: string;
  readonly phaseEnd: string;
  readonly note: string;
  readonly rule: string;
  readonly boxTopLeft: string;
  readonly boxTopRight: string;
  readonly boxBottomLeft: string;
  readonly boxBottomRight: string;
  readonly boxSide: string;
  readonly boxDown: string;
  readonly ellipsis: string;
}

export const UNICODE: Glyphs = {
  life: '│',
  line: '─',
  dashed: '╌',
  double: '═',
  crossing: '┼',
  leaveRight: '├',
  leaveLeft: '┤',
  headRight: '►',
  headLeft: '◄',
  way: '┊',
  downRight: '╮',
  onRight: '╰',
  downLeft: '╭',
  onLeft: '╯',
  lost: '×',
  corrupted: '≠',
  mark: '◆',
  phaseTop: '╭',
  phase: '│',
  phaseEnd: '╰',
  note: '▌',
  rule: '─',
  boxTopLeft: '╭',
  boxTopRight: '╮',
  boxBottomLeft: '╰',
  boxBottomRight: '╯',
  boxSide: '│',
  boxDown: '┬',
  ellipsis: '…',
};

export const ASCII: Glyphs = {
  life: '|',
  line: '-',
  dashed: '.',
  double: '=',
  crossing: '+',
  leaveRight: '|',
  leaveLeft: '|',
  headRight: '>',
  headLeft: '<',
  way: ':',
  downRight: '.',
  onRight: "'",
  downLeft: '.',
  onLeft: "'",
  lost: 'x',
  corrupted: '#',
  mark: '*',
  phaseTop: '.',
  phase: '|',
  phaseEnd: "'",
  note: '|',
  rule: '-',
  boxTopLeft: '+',
  boxTopRight: '+',
  boxBottomLeft: '+',
  boxBottomRight: '+',
  boxSide: '|',
  boxDown: '+',
  ellipsis: '..',
};
