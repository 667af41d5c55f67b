/*
 * The picture of the packets on the page: redrawn when time passes, with packets that can be clicked, and chosen by keys.
 */
import { effect, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { shareAt } from '../../lab/run/index.js';
import { announce } from '../design/announcer.js';
import { strings } from '../strings.js';
import { handle } from './hand.js';
import { Picture, type PictureSize } from './picture.js';
import { flying, now, pictureAt, run, selected, spanMs, tool } from './state.js';
import { nameOf } from './words.js';
import './stage.css';

const { lab } = strings;
const size = signal<PictureSize>({ width: 800, height: 300, rem: 16 });

/** The picture. */
export function Stage() {
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (!svg.current) return;
    const shown = svg.current;
    const watcher = new ResizeObserver(() => {
      size.value = {
        width: Math.max(200, shown.clientWidth),
        height: Math.max(120, shown.clientHeight),
        rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
      };
    });
    watcher.observe(shown);
    watcher.observe(document.documentElement); // grows with the type
    const picture = new Picture(shown);
    const stop = effect(() => {
      run.value.advance(now.value);
      picture.draw({ run: run.value, now: pictureAt.value, spanMs: spanMs.value, selected: selected.value }, size.value);
    });
    return () => {
      watcher.disconnect();
      stop();
    };
  }, []);
  return (
    <div class="stage">
      <div
        class="stage-picture"
        role="application"
        aria-label={lab.stage}
        aria-describedby="stage-help"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys choose packets in it
        tabIndex={0}
        onKeyDown={onKey}
      >
        <svg ref={svg} aria-hidden="true" onPointerDown={onPointer} />
      </div>
    </div>
  );
}

function onPointer(event: PointerEvent): void {
  const packet = Picture.packetAt(event.target);
  if (packet !== undefined) handle(tool.peek(), packet);
}

const DIRECTIONS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function onKey(event: KeyboardEvent): void {
  const by = DIRECTIONS[event.key];
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const packets = flying.peek();
  const index = packets.findIndex(({ n }) => n === selected.peek());
  const next = packets[index < 0 ? (by > 0 ? 0 : packets.length - 1) : (index + by + packets.length) % packets.length];
  selected.value = next?.n ?? 0;
  const [flight] = next?.flights ?? [];
  announce(next && flight ? lab.selected(nameOf(next), Math.round(100 * (shareAt(flight, now.peek()) ?? 0))) : lab.noneSelected);
}
