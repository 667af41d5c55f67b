/*
 * Congestion window, round trip and timeout over time.
 */
import { computed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { RunEvent } from '../../lab/run/index.js';
import { strings } from '../strings.js';
import { curvesOf, roundUp, type Series } from './curves.js';
import { event, now, run, spanMs } from './state.js';
import { useSize } from './use-size.js';
import './plots.css';

const { lab } = strings;
/** Room for the numbers of the axes. */
const EDGE = { left: 40, right: 12, top: 8, bottom: 20 };
const WINDOW: readonly Series[] = [
  { name: lab.series.cwnd, read: ({ sender }) => sender.cwnd / 1000 },
  { name: lab.series.ssthresh, read: ({ sender }) => sender.ssthresh / 1000 },
  { name: lab.series.inFlight, read: ({ sender }) => sender.inFlight / 1000 },
];
const TIMES: readonly Series[] = [
  { name: lab.series.srtt, read: ({ sender }) => sender.srttMs },
  { name: lab.series.rto, read: ({ sender }) => sender.rtoMs },
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
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box, { width: 400, height: 150 });
  const frame = { width: Math.max(100, width - EDGE.left - EDGE.right), height: Math.max(40, height - EDGE.top - EDGE.bottom) };
  const shownUntil = Math.min(until.value, now.peek());
  const { untilMs, most, paths } = curvesOf(run.value, series, shownUntil, spanMs.value, frame);
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
      <div class="plot-frame" ref={box}>
        <svg
          viewBox={`${-EDGE.left} ${-EDGE.top} ${frame.width + EDGE.left + EDGE.right} ${frame.height + EDGE.top + EDGE.bottom}`}
          role="img"
          aria-label={lab.plotNow(name, series.map((one) => `${one.name} ${inWords(one, event.value)}`).join(', '))}
        >
          {[0, 0.5, 1].map((share) => (
            <g key={share}>
              <line class="grid" x1="0" x2={frame.width} y1={frame.height * (1 - share)} y2={frame.height * (1 - share)} />
              <text x="-4" y={frame.height * (1 - share) + 4} text-anchor="end">
                {short(most * share)}
              </text>
            </g>
          ))}
          <text x="0" y={frame.height + 15}>
            0
          </text>
          <text x={frame.width} y={frame.height + 15} text-anchor="end">
            {lab.ms(untilMs)}
          </text>
          {paths.map((path, index) => (
            <path key={series[index]?.name} class={`curve curve-${index}`} d={path} />
          ))}
        </svg>
      </div>
    </figure>
  );
}

function inWords({ read }: Series, at: RunEvent): string {
  const value = read(at);
  return Number.isFinite(value) ? short(value) : lab.infinite;
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
