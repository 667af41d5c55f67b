/*
 * The tracer: taps to a recorder, events to a trace, a trace to a story, a story to a view or a file.
 */
export { type Aligned, alignStories, type LaneCount, summaryOf } from './diff/index.js';
export { type HtmlOptions, html } from './export/html/html.js';
export { type MermaidOptions, mermaid } from './export/mermaid.js';
export { pcapng } from './export/pcapng/index.js';
export { type PlantUmlOptions, plantuml } from './export/plantuml.js';
export { PngError, type PngOptions, png } from './export/png/index.js';
export { qlog } from './export/qlog/index.js';
export { svg } from './export/svg/svg.js';
export { textFigure } from './export/text.js';
export { wiresharkPlugin } from './export/wireshark/index.js';
export { eventLine, headerLine, readTrace, readTraceStream, type TraceFile, type TraceTaker, traceWriter } from './file/index.js';
export {
  type Actor,
  type ArrowStep,
  type JoinedConnection,
  type Joiner,
  joiner,
  type Lane,
  type MarkStep,
  type NoteStep,
  type Step,
  type Story,
  tell,
} from './join/index.js';
export { type ProxyObserver, type ProxyOptions, type RunningProxy, startProxy } from './proxy/index.js';
export { memorySink, type Participant, type ParticipantTap, type Recorder, type RecorderOptions, recorder } from './record/index.js';
export {
  type DiffOptions,
  diffLines,
  hexLines,
  type LiveLadder,
  ladderLines,
  liveLadder,
  tableLines,
  type ViewOptions,
} from './render/index.js';
export {
  type ConnectionRow,
  connectionIndex,
  type Dialogue,
  filterStory,
  follow,
  followText,
  type StoryFilter,
  withoutPreparation,
} from './select/index.js';
export { type Cursor, cursorAt, type Move, moved } from './step/index.js';
export { TRACE_VERSION, type Trace, type TraceEvent, type TraceHeader, type TraceSink } from './trace/trace.js';
