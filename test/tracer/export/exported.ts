/*
 * Everything that can be made of a trace: each file, and each view for the terminal.
 */
import { indexLines } from '../../../cli/tracing/index-lines.js';
import { html } from '../../../tracer/export/html/html.js';
import { mermaid } from '../../../tracer/export/mermaid.js';
import { pcapng } from '../../../tracer/export/pcapng/index.js';
import { plantuml } from '../../../tracer/export/plantuml.js';
import { qlog } from '../../../tracer/export/qlog/index.js';
import { svg } from '../../../tracer/export/svg/svg.js';
import { textFigure } from '../../../tracer/export/text.js';
import { eventLine, headerLine } from '../../../tracer/file/index.js';
import type { Story } from '../../../tracer/join/index.js';
import { hexLines, ladderLines, liveLadder, tableLines } from '../../../tracer/render/index.js';
import { connectionIndex, type FollowFormat, follow, followText } from '../../../tracer/select/index.js';
import type { Trace } from '../../../tracer/trace/trace.js';

/** What each is called, and what is in it. */
export type Exported = Readonly<Record<string, string | Uint8Array>>;

/** Makes them all, with reasons and without colours. A PNG is pixels; of it there is the figure that is drawn. */
export function everyExport(trace: Trace, story: Story): Exported {
  const view = { columns: 100, why: true, colours: false };
  return {
    txt: textFigure(story, { why: true }),
    svg: svg(story, { why: true }),
    png: svg(story, { why: true, colours: 'light' }),
    html: html(story, { why: true }),
    mmd: mermaid(story, { why: true }),
    puml: plantuml(story, { why: true }),
    qlog: qlog(story),
    pcapng: pcapng(trace, story),
    jsonl: [headerLine(trace.header), ...trace.events.map(eventLine)].join(''),
    ladder: ladderLines(story, { ...view, columns: 120 }).join('\n'),
    list: ladderLines(story, { ...view, columns: 40 }).join('\n'),
    'live ladder': live(story),
    table: tableLines(story, view).join('\n'),
    index: indexLines(connectionIndex(story), 100).join('\n'),
    hex: hexOf(story),
    ...Object.fromEntries((['ascii', 'hex', 'raw'] as const).map((format) => [`follow ${format}`, followed(story, format)])),
  };
}

function live({ steps, actors, connections }: Story): string {
  const ladder = liveLadder({ columns: 120, why: true, colours: false });
  return [...steps.flatMap((step) => ladder.step(step, actors, connections)), ...ladder.rest()].join('\n');
}

function hexOf({ steps, connections }: Story): string {
  return steps
    .flatMap((step) => {
      const connection = step.kind === 'note' ? undefined : connections.find(({ id }) => id === step.connection);
      return hexLines(step, { columns: 100, connection, colours: false });
    })
    .join('\n');
}

function followed(story: Story, format: FollowFormat): string {
  return story.connections
    .map(({ id }) => {
      const dialogue = follow(story, id);
      return dialogue ? followText(dialogue, format) : '';
    })
    .join('\n');
}
