/*
 * The look of a figure: colours as variables, once for light paper and once for dark, and light again for print. Every
 * colour has a contrast of at least 4.5 to 1 on its paper; lines and texts tell apart what colours do, too.
 */
import { FONT_SIZE, SMALL_FONT_SIZE } from './metrics.js';

const LIGHT = {
  paper: '#ffffff',
  ink: '#1f2328',
  faint: '#59636e',
  life: '#afb8c1',
  box: '#f6f8fa',
  edge: '#d1d9e0',
  note: '#eef6ee',
  frames: '#0550ae',
  segments: '#0e6b74',
  states: '#6639ba',
  notes: '#116329',
  kernel: '#7d4e00',
  calls: '#99286e',
  trouble: '#b3261e',
  again: '#8a4600',
} as const;

const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  paper: '#0d1117',
  ink: '#e6edf3',
  faint: '#9198a1',
  life: '#4a525c',
  box: '#161b22',
  edge: '#3d444d',
  note: '#12231a',
  frames: '#79c0ff',
  segments: '#56d4dd',
  states: '#d2a8ff',
  notes: '#7ee787',
  kernel: '#e3b341',
  calls: '#ff9bce',
  trouble: '#ff7b72',
  again: '#ffa657',
};

/** The fonts that a text in columns is set in, whichever of them a reader has. */
export const FONT = "ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono',Consolas,monospace";

const variables = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** The colours as CSS variables, on light paper and on dark: whatever stands beside a figure can have the same. */
export const LIGHT_VARIABLES = variables(LIGHT);
export const DARK_VARIABLES = variables(DARK);

const LANES = ['frames', 'segments', 'states', 'kernel', 'calls', 'trouble', 'again'] as const;

const RULES = `text{font:${FONT_SIZE}px ${FONT};fill:var(--ink);white-space:pre}
.title{font-size:${FONT_SIZE + 4}px;font-weight:700}.small{font-size:${SMALL_FONT_SIZE}px;fill:var(--faint)}
.paper{fill:var(--paper)}.head{fill:var(--box);stroke:var(--edge)}.name{font-weight:700}
.life{stroke:var(--life);stroke-width:1.5;fill:none}.say text{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.line{fill:none;stroke-width:1.8}.dashed{stroke-dasharray:6 4}.wide{stroke-width:4.6}
.label{font-weight:700}.note{fill:var(--note)}.bar{fill:var(--notes)}.link{fill:none;stroke:var(--again);stroke-width:1.3;stroke-dasharray:2 3}
.phase{fill:none;stroke:var(--segments);stroke-width:2}
`;

/** The figure's style sheet. */
export const STYLE = `svg{${LIGHT_VARIABLES};color-scheme:light dark}
@media (prefers-color-scheme:dark){svg{${DARK_VARIABLES}}}
@media print{svg{${LIGHT_VARIABLES}}}
${RULES}${LANES.map((lane) => `.${lane}{--own:var(--${lane})}text.${lane}{fill:var(--${lane})}`).join('')}
.line{stroke:var(--own)}.line.gap{stroke:var(--paper);stroke-width:1.6}.tip,.dot{fill:var(--own)}`;

/** The same for programs that know neither variables nor media, such as those that set pages: light paper, each colour by its value. */
export const PRINT_STYLE =
  `${RULES}${LANES.map((lane) => `text.${lane},.tip.${lane},.dot.${lane}{fill:var(--${lane})}.line.${lane}{stroke:var(--${lane})}`).join('')}
.line.gap{stroke:var(--paper);stroke-width:1.6}`.replace(/var\(--(\w+)\)/g, (_, name: string) => LIGHT[name as keyof typeof LIGHT]);
