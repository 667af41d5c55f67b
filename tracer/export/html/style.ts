/*
 * The look of the page around the figure: the figure's own colours, light and dark, and light again on paper. Names of
 * classes begin with `x-`, since the figure's style sheet holds for the whole page.
 */
import { DARK_VARIABLES, FONT, LIGHT_VARIABLES } from '../svg/style.js';

const COLOURS = ['frames', 'again', 'segments', 'states', 'notes'];

/** The page's style sheet. */
export const PAGE_STYLE = `:root{${LIGHT_VARIABLES};color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{${DARK_VARIABLES}}}
@media print{:root{${LIGHT_VARIABLES}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif;display:grid;grid-template:auto minmax(0,1fr)/minmax(0,1fr) minmax(26rem,36%);height:100vh}
.x-top{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;padding:.75rem 1.25rem;border-bottom:1px solid var(--edge);background:var(--box)}
h1{font-size:1.1rem;margin:0;flex:1}h2{font-size:1rem;margin:.25rem 0;overflow-wrap:anywhere}
button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--edge);border-radius:6px;padding:.15rem .7rem;cursor:pointer}
button[aria-pressed=true]{border-color:var(--frames);color:var(--frames);font-weight:600}
button:focus-visible,a:focus-visible{outline:2px solid var(--frames);outline-offset:1px}
main{min-width:0;overflow:auto;padding:.5rem}
#x-ladder svg{max-width:100%;height:auto;display:block}
#x-ladder [data-step]{cursor:pointer}
#x-ladder [data-step]:hover text,#x-ladder .x-chosen text{text-decoration:underline}
#x-ladder .x-chosen .line{stroke-width:3.4}
table{border-collapse:collapse;font:13px/1.45 ${FONT}}
th{text-align:left;position:sticky;top:0;background:var(--box)}
th,td{padding:.2rem .55rem;border-bottom:1px solid var(--edge);vertical-align:top;overflow-wrap:break-word}
#x-table tr{cursor:pointer}#x-table tr.x-chosen{background:var(--note)}
#x-table td:nth-child(1),#x-table td:nth-child(2),#x-table td:nth-child(7){text-align:right;white-space:nowrap}
td:nth-child(8){min-width:20rem}a{color:var(--frames)}
aside{overflow:auto;border-left:1px solid var(--edge);padding:1rem 1.25rem;background:var(--paper)}
.x-keys{color:var(--faint);font-size:.85rem}.x-why{margin:.25rem 0 .75rem}
.x-dump,.x-fields{font:13px/1.5 ${FONT}}
.x-dump{white-space:pre;overflow:auto;max-height:38vh;margin:0 0 1rem;padding:.5rem;background:var(--box);border:1px solid var(--edge);border-radius:6px}
.x-off{color:var(--faint)}.x-on{background:var(--note);outline:1px solid var(--notes)}.x-begins{box-shadow:-2px 0 0 -1px var(--faint)}
.x-fields td,.x-fields th{padding:.12rem .4rem}.x-fields td:first-child{color:var(--faint);white-space:nowrap;text-align:right}
.x-fields td:nth-child(2){white-space:nowrap}.x-fields td:nth-child(3){overflow-wrap:anywhere}.x-fields small{color:var(--faint);display:block}
.x-problem{color:var(--trouble)}
${COLOURS.map((name, i) => `.x-f${i}{color:var(--${name})}`).join('')}
.x-hidden{display:none}
@media (max-width:70rem){body{grid-template:auto minmax(0,1fr) 42vh/minmax(0,1fr)}aside{border-left:0;border-top:2px solid var(--edge)}}
@media print{aside,.x-views{display:none}body{display:block;height:auto}main{overflow:visible}.x-hidden{display:block}}`;
