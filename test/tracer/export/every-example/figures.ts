/*
 * The figures of every example: Mermaid itself reads its text, the SVG is well-formed, and no row of a ladder is wider
 * than it may be.
 */
import stringWidth from 'string-width';
import * as assert from 'uvu/assert';
import { mermaid } from '../../../../tracer/export/mermaid.js';
import { svg } from '../../../../tracer/export/svg/svg.js';
import type { Story } from '../../../../tracer/join/index.js';
import { ladderLines, liveLadder } from '../../../../tracer/render/index.js';
import { readMermaid } from '../read-mermaid.js';
import { readXml } from '../read-xml.js';
import type { EveryRun } from './runs.js';

/** Looks at all of them. */
export async function everyFigure({ each }: EveryRun): Promise<void> {
  for (const { name, masked } of each) {
    const { story } = masked;
    const arrows = story.steps.filter(({ kind, lane }) => kind === 'arrow' && lane === 'frames').length;
    assert.ok(arrows > 0, name);
    const diagram = await readMermaid(mermaid(story, { lanes: ['frames'] }));
    assert.is(diagram.messages.length, arrows, name);
    await readMermaid(mermaid(story, { why: true }));
    const { texts } = readXml(svg(story, { why: true }));
    assert.ok(texts.includes(story.title), name);
    for (const columns of [20, 60, 80, 120]) {
      for (const lines of [ladderLines(story, { columns, why: true, colours: false }), live(story, columns)]) {
        assert.ok(lines.length >= arrows);
        assert.equal(
          lines.filter((line) => stringWidth(line) > columns),
          [],
          `${name} in ${columns} columns`,
        );
      }
    }
  }
}

function live({ steps, actors, connections }: Story, columns: number): readonly string[] {
  const ladder = liveLadder({ columns, colours: false });
  return [...steps.flatMap((step) => ladder.step(step, actors, connections)), ...ladder.rest()];
}
