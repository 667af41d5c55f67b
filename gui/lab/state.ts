/*
 * What the page shows: a run, a time in it, and what was chosen. Everything else is computed from these; whoever changes
 * one of them does so by a function of this file.
 */
import { batch, computed, effect, signal } from '@preact/signals';
import {
  cellOf,
  type Intervention,
  type NumberName,
  PRESETS,
  type PresetName,
  RUN_DEFAULTS,
  Run,
  type RunEvent,
  type RunPacket,
  type RunSettings,
  roundTripMs,
  shareAt,
} from '../../lab/run/index.js';
import { fromHash, MOST_DEEDS, toHash, whatIsWrong } from './address.js';

/** How fast the run's time passes, as a factor of ours. */
export const SPEEDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] as const;
/** A round trip shall take about so long to look at, in milliseconds. */
const COMFORTABLE_MS = 4000;
/** Events that one looks ahead for, to know whether a run has fallen silent. */
const MOST_AHEAD = 20;
/** Round trips that the picture shows at once. */
const ROUND_TRIPS_SHOWN = 4;

const begin = fromHash(location.hash);
const settingsOfRun = signal(begin.settings);
const deeds = signal(begin.interventions);

/** What was wrong with the address. */
export const problems = signal(begin.problems);
/** The settings of the run. */
export const settings = computed(() => settingsOfRun.value);
/** What was typed for a setting and may not be; it stands in its field until it is right. */
export const refused = signal<Partial<Record<NumberName, string>>>({});
/** What is done to its packets. */
export const interventions = computed(() => deeds.value);
/** The run. */
export const run = computed(() => new Run(settingsOfRun.value, deeds.value));
/** The time that is shown, in milliseconds since the run began. */
export const now = signal(0);
/** How many events there were by then. */
export const eventCount = computed(() => {
  run.value.advance(now.value);
  return run.value.countAt(now.value);
});
/** The last of them. */
export const event = computed(() => run.value.events[eventCount.value - 1] as RunEvent);
/** Whether time passes. */
export const isPlaying = signal(false);
/** How fast. */
export const speed = signal(speedFor(begin.settings));
/** The packet that was chosen, by its place; 0: none. */
export const selected = signal(0);
/** What a click does. */
export const tool = signal<Intervention['does']>('kill');
/** By how much it delays, or how much later the copy comes, in milliseconds. */
export const byMs = signal(Math.round(roundTripMs(begin.settings) / 2));
/** How much time the picture shows. */
export const spanMs = computed(() => ROUND_TRIPS_SHOWN * roundTripMs(settings.value));
/** The lesson that this is, if nothing of it was changed. */
export const lesson = computed(() => {
  const hash = toHash(settings.value, interventions.value);
  return (Object.keys(PRESETS) as PresetName[]).find((name) => toHash(PRESETS[name].settings, PRESETS[name].interventions) === hash);
});
/** The experiment that the formula speaks of. */
export const cell = computed(() => cellOf(settings.value));
/** Whether nothing more happens. A run that was made to its end is not over for whoever went back in it. */
export const isOver = computed(() => eventCount.value === run.value.events.length && run.value.next === Number.POSITIVE_INFINITY);

/** The time of which the picture is: now, or once the run is over, when its last packet had just landed; after it comes only silence. */
export const pictureAt = computed(() => {
  if (!isOver.value) return now.value;
  return Math.min(now.value, lastLanding() + roundTripMs(settings.value) / 8);
});

function lastLanding(): number {
  const landings = run
    .peek()
    .packets.slice(-400)
    .flatMap(({ flights }) => flights.map(({ path }) => path.at(-1)?.at ?? 0));
  return Math.max(0, ...landings);
}

/** Whether nothing is on its way, and nothing is sent any more: what is left are timers that end. Looks a little ahead. */
export function isSilentFrom(at: number): boolean {
  const made = run.peek();
  if (flyingAt(at).length > 0) return false;
  for (let index = made.countAt(at), ahead = 0; ahead < MOST_AHEAD; index += 1, ahead += 1) {
    made.make(index + 1);
    const event = made.events[index];
    if (!event) return made.next === Number.POSITIVE_INFINITY;
    if (event.type !== 'timer') return false;
  }
  return false;
}

/** The packets on their way now that nobody has decided about yet, in the order of sending. */
export const flying = computed<readonly RunPacket[]>(() => {
  void eventCount.value;
  return flyingAt(now.peek());
});

function flyingAt(at: number): RunPacket[] {
  const { packets } = run.peek();
  const found: RunPacket[] = [];
  for (let index = packets.length - 1; index >= 0 && found.length < 400; index -= 1) {
    const packet = packets[index] as RunPacket;
    if (packet.sentAt > at) continue;
    if (at - packet.sentAt > 10 * spanMs.peek()) break;
    if (packet.flights.some((flight) => isOpen(flight.end, at, flight.path.at(-1)?.at) && shareAt(flight, at) !== undefined))
      found.push(packet);
  }
  return found.reverse();
}

/** What arrives in the end can be reached now; what is lost cannot, whether one sees it or not. */
function isOpen(end: string | undefined, at: number, endsAt = 0): boolean {
  return (end === undefined || end === 'arrived') && endsAt > at;
}

effect(() => {
  const hash = toHash(settings.value, interventions.value);
  if (hash !== location.hash) history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
});
addEventListener('hashchange', () => {
  if (location.hash === toHash(settings.peek(), interventions.peek())) return;
  const told = fromHash(location.hash);
  batch(() => {
    problems.value = told.problems;
    refused.value = {};
    begins(told.settings, told.interventions);
  });
});

/** A lesson begins. */
export function show(name: PresetName): void {
  const { settings: of, interventions: does } = PRESETS[name];
  batch(() => {
    refused.value = {};
    begins(of, does);
  });
}

/** A setting is changed: another run, from its beginning, with nothing done by hand. */
export function change(changed: Partial<RunSettings>): void {
  begins({ ...settingsOfRun.peek(), ...changed }, []);
}

/** What was typed for a number: takes hold if it may be, else it is kept to be put right. */
export function enter(name: NumberName, typed: string): void {
  const { [name]: _, ...others } = refused.peek();
  const isRefused = whatIsWrong(name, typed) !== undefined;
  batch(() => {
    refused.value = isRefused ? { ...others, [name]: typed } : others;
    if (!isRefused) change({ [name]: Number(typed) });
  });
}

function begins(of: RunSettings, does: readonly Intervention[]): void {
  batch(() => {
    const isOtherLine = roundTripMs(of) !== roundTripMs(settingsOfRun.peek());
    settingsOfRun.value = { ...RUN_DEFAULTS, ...of };
    deeds.value = does;
    if (isOtherLine) {
      speed.value = speedFor(of);
      byMs.value = Math.round(roundTripMs(of) / 2);
    }
    isPlaying.value = false;
    selected.value = 0;
    now.value = 0;
  });
}

/** Nothing was done by hand: the same settings alone. */
export function undo(): void {
  begins(settingsOfRun.peek(), []);
}

/** Something is done to a packet now. Says whether it could be: it must be on its way. What comes later is run anew. */
export function intervene(does: Intervention['does'], packet: number): boolean {
  const atMs = now.peek();
  if (deeds.peek().length >= MOST_DEEDS || !flyingAt(atMs).some(({ n }) => n === packet)) return false;
  const past = deeds.peek().filter((deed) => deed.atMs <= atMs); // what was done later was done to another future
  batch(() => {
    deeds.value = [...past, { does, packet, atMs, byMs: does === 'kill' ? 0 : byMs.peek() }];
    if (does === 'kill') selected.value = 0;
  });
  return true;
}

/** To the next event; those of the same moment count as one. */
export function step(): void {
  isPlaying.value = false;
  const count = run.peek().countAt(now.peek());
  run.peek().make(count + 1); // a timer may be over without anything to tell
  now.value = run.peek().events[count]?.at ?? now.peek();
}

/** To the event before. */
export function back(): void {
  isPlaying.value = false;
  const { events } = run.peek();
  let index = run.peek().countAt(now.peek()) - 1;
  const at = (events[index] as RunEvent).at;
  if (at < now.peek()) now.value = at;
  else {
    while (index > 0 && (events[index] as RunEvent).at === at) index -= 1;
    now.value = (events[index] as RunEvent).at;
  }
}

/** To the beginning. */
export function restart(): void {
  isPlaying.value = false;
  now.value = 0;
}

/** Plays, from the beginning if the run is over; or pauses. */
export function toggle(): void {
  if (!isPlaying.peek() && isOver.peek()) now.value = 0;
  isPlaying.value = !isPlaying.peek();
}

/** One speed up or down. */
export function shift(by: 1 | -1): void {
  const index = (SPEEDS as readonly number[]).indexOf(speed.peek());
  speed.value = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, index + by))] as number;
}

function speedFor(of: RunSettings): number {
  const wanted = roundTripMs(of) / COMFORTABLE_MS;
  return SPEEDS.reduce<number>(
    (best, one) => (Math.abs(Math.log(one / wanted)) < Math.abs(Math.log(best / wanted)) ? one : best),
    SPEEDS[0],
  );
}
