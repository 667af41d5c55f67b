/*
 * Congestion window, round trip and timeout over time.
 */
import { computed } from '@preact/signals';
import type { RunEvent } from '../../lab/run/index.js';
import { strings } from '../strings.js';
import { curvesOf, roundUp, type Series } from './curves.js';
import { event, now, run, spanMs } from './state.js';
import './plots.css';

const { lab } = strings;
const FRAME = { width: 400, height: 120 };
const WINDOW: readonly Series[] = [
  { name: lab.series.cwnd, valueOf: ({ sender }) => sender.cwnd / 1000 },
  { name: lab.series.ssthresh, valueOf: ({ sender }) => sender.ssthresh / 1000 },
  { name: lab.series.inFlight, valueOf: ({ sender }) => sender.inFlight / 1000 },
];
const TIMES: readonly Series[] = [
  { name: lab.series.srtt, valueOf: ({ sender }) => sender.srttMs },
  { name: lab.series.rto, valueOf: ({ sender }) => sender.rtoMs },
];

/** Where the curves end; they are drawn anew when that has moved by a column. */
const until = computed(() => {
  const column = roundUp(Math.max(now.value, spanMs.value)) / 300;
  return Math.ceil(now.value / column) * column;
});

/** The plots. */
export function Plots() {
  return (
    <div class="plots">
      <Plot name={lab.plots.window} series={WINDOW} />
      <Plot name={lab.plots.rtt} series={TIMES} />
    </div>
  );
}

function Plot({ name, series }: { readonly name: string; readonly series: readonly Series[] }) {
  const shownUntil = Math.min(until.value, now.peek());
  const { untilMs, most, paths } = curvesOf(run.value, series, shownUntil, spanMs.value, FRAME);
  return (
    <figure class="plot">
      <figcaption>
        {name}
        <span class="plot-legend">
          {series.map((one, index) => (
            <span key={one.name} class={`curve-${index}`}>
              {one.name} {inWords(one, event.value)}
            </span>
          ))}
        </span>
      </figcaption>
      <svg
        viewBox={`-34 -8 ${FRAME.width + 44} ${FRAME.height + 28}`}
        role="img"
        aria-label={lab.plotNow(name, series.map((one) => `${one.name} ${inWords(one, event.value)}`).join(', '))}
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line class="grid" x1="0" x2={FRAME.width} y1={FRAME.height * (1 - share)} y2={FRAME.height * (1 - share)} />
            <text x="-4" y={FRAME.height * (1 - share) + 4} text-anchor="end">
              {short(most * share)}
            </text>
          </g>
        ))}
        <text x="0" y={FRAME.height + 15}>
          0
        </text>
        <text x={FRAME.width} y={FRAME.height + 15} text-anchor="end">
          {lab.ms(untilMs)}
        </text>
        {paths.map((path, index) => (
          <path key={series[index]?.name} class={`curve curve-${index}`} d={path} />
        ))}
      </svg>
    </figure>
  );
}

function inWords({ valueOf }: Series, at: RunEvent): string {
  const value = valueOf(at);
  return Number.isFinite(value) ? short(value) : lab.infinite;
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
