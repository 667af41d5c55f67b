/*
 * A story as one page: the ladder, the table, and beside them the bytes and fields of the step that is chosen. It needs no
 * network and no other file, follows its reader's light or dark, and runs no script but its own: a policy in the page
 * names that one by its hash, so whatever a peer has said stays text.
 */
import { createHash } from 'node:crypto';
import type { Step, Story } from '../../join/story.js';
import { inLanes, remarksOn, timeText, wordsBehind } from '../../layout/index.js';
import { namesOf } from '../../render/list.js';
import { escaped } from '../svg/markup.js';
import { fit } from '../svg/metrics.js';
import { type SvgOptions, svg } from '../svg/svg.js';
import { inspections } from './inspections.js';
import { PAGE_SCRIPT } from './script.js';
import { PAGE_STYLE } from './style.js';

/** How the page looks. */
export type HtmlOptions = Omit<SvgOptions, 'colours' | 'stepNumbers'>;

const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(PAGE_SCRIPT).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Writes a story as a page. */
export function html(story: Story, options: HtmlOptions = {}): string {
  const title = escaped(fit(options.title ?? story.title));
  const steps = inLanes(story.steps, options.lanes);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header class="x-top"><h1>${title}</h1>
<nav class="x-views" aria-label="View"><button type="button" data-view="ladder" aria-pressed="true">Ladder</button><button type="button" data-view="table" aria-pressed="false">Table</button></nav></header>
<main>
<section id="x-ladder" aria-label="Ladder">
${svg(story, { ...options, stepNumbers: true })}</section>
<section id="x-table" aria-label="Table">
${table(steps, story, options.why ?? false)}
</section>
</main>
<aside id="x-inspector" aria-label="The step that is chosen" aria-live="polite">
<noscript>The bytes of a step are shown by a script, and scripts are switched off here. Ladder and table are whole without it.</noscript>
</aside>
<script type="application/json" id="x-steps">${asScriptText(inspections(steps, story))}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** JSON that cannot end the element that it stands in. */
function asScriptText(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function table(steps: readonly Step[], { actors }: Story, why: boolean): string {
  const nameOf = namesOf(actors);
  const heads = ['#', 'ms', 'from', 'to', 'lane', 'label', 'bytes', 'words'];
  const rows = steps.map((step) => {
    const [from, to] = step.kind === 'arrow' ? [step.from, step.to] : [step.kind === 'mark' ? step.actor : '', ''];
    const texts = [
      ...[from, to].map((id) => (id === '' ? '' : nameOf(id))),
      step.lane,
      step.kind === 'note' ? '' : step.label,
      step.kind === 'arrow' && step.bytes.length > 0 ? String(step.bytes.length) : '',
      wordsOf(step) + (why && step.kind !== 'note' && step.why !== '' ? ` · ${step.why}` : ''),
    ];
    const cells = texts.map((text) => `<td>${escaped(fit(text))}</td>`).join('');
    const first = `<td><a href="#${step.number}">${step.number}</a></td><td>${timeText(step.at)}</td>`;
    return `<tr data-step="${step.number}">${first}${cells}</tr>`;
  });
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<table><thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

function wordsOf(step: Step): string {
  if (step.kind === 'note') return step.words;
  if (step.kind === 'mark') return wordsBehind(step);
  return [step.phase === undefined ? '' : `(${step.phase})`, wordsBehind(step), ...remarksOn(step)].filter((text) => text !== '').join(' ');
}
