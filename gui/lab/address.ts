/*
 * A run in the page's address: what differs from the usual, and what is done to packets. Whatever somebody writes there,
 * the run has valid settings, and a sentence tells of each thing that was not understood.
 */
import {
  CHOICES,
  type ChoiceName,
  INTERVENTIONS,
  type Intervention,
  NUMBERS,
  type NumberName,
  RUN_DEFAULTS,
  type RunSettings,
} from '../../lab/run/index.js';
import { strings } from '../strings.js';

/** What an address says. */
export interface Told {
  readonly settings: RunSettings;
  readonly interventions: readonly Intervention[];
  /** Sentences about what was not understood. */
  readonly problems: readonly string[];
}

/** More is done to no packets; a class does not click so often. */
export const MOST_DEEDS = 200;
const DEEDS = 'do';
/** A delay by hand, and the time of it, are below this. */
const LONGEST_MS = 3_600_000;

/** Reads the address, what stands behind its `#`. */
export function fromHash(hash: string): Told {
  const settings: Record<string, string | number> = { ...RUN_DEFAULTS };
  const problems: string[] = [];
  let interventions: readonly Intervention[] = [];
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ''))) {
    if (name === DEEDS) interventions = deedsIn(value, problems);
    else if (!isSetting(name)) problems.push(strings.lab.unknownSetting(name));
    else {
      const wrong = whatIsWrong(name, value);
      if (wrong === undefined) settings[name] = name in NUMBERS ? Number(value) : value;
      else problems.push(strings.lab.fromAddress(name, value, wrong));
    }
  }
  return { settings: settings as unknown as RunSettings, interventions, problems };
}

/** Writes what {@link fromHash} reads. */
export function toHash(settings: RunSettings, interventions: readonly Intervention[]): string {
  const said = Object.entries(settings).filter(([name, value]) => value !== RUN_DEFAULTS[name as keyof RunSettings]);
  const parts = said.map(([name, value]) => `${name}=${value}`);
  if (interventions.length > 0) parts.push(`${DEEDS}=${interventions.map(deedOf).join(',')}`);
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

/** What is wrong with a value for a setting; nothing if it may be. */
export function whatIsWrong(name: NumberName | ChoiceName, value: string): string | undefined {
  const { lab } = strings;
  if (isNumber(name)) {
    const { least, most, isWhole } = NUMBERS[name];
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const isFine = number >= least && number <= most && (!isWhole || Number.isInteger(number));
    return isFine ? undefined : lab.notANumber(lab.numbers[name], least, most, isWhole);
  }
  const choices: readonly string[] = CHOICES[name];
  return choices.includes(value) ? undefined : lab.notAChoice(lab.choices[name], choices);
}

function isSetting(name: string): name is NumberName | ChoiceName {
  return Object.hasOwn(NUMBERS, name) || Object.hasOwn(CHOICES, name);
}

function isNumber(name: NumberName | ChoiceName): name is NumberName {
  return Object.hasOwn(NUMBERS, name);
}

function deedOf({ does, packet, atMs, byMs }: Intervention): string {
  return does === 'kill' ? `${does}.${packet}.${inUrl(atMs)}` : `${does}.${packet}.${inUrl(atMs)}.${inUrl(byMs)}`;
}

/** A time as the address has it: `_` for the point, since that divides; exact, since the same address is the same run. */
function inUrl(ms: number): string {
  return String(ms).replace('.', '_');
}

function deedsIn(text: string, problems: string[]): Intervention[] {
  const written = text.split(',').filter((deed) => deed !== '');
  if (written.length > MOST_DEEDS) problems.push(strings.lab.tooManyDeeds(MOST_DEEDS));
  return written.slice(0, MOST_DEEDS).flatMap((deed) => {
    const [name, packet, at, by] = deed.split('.');
    const does = INTERVENTIONS.find((one) => one === name);
    const [n, atMs, byMs] = [timeIn(packet), timeIn(at), does === 'kill' ? 0 : timeIn(by)];
    if (does && Number.isInteger(n) && n > 0 && atMs >= 0 && byMs >= 0) return [{ does, packet: n, atMs, byMs }];
    problems.push(strings.lab.wrongDeed(deed));
    return [];
  });
}

function timeIn(text = ''): number {
  if (!/^\d+(_\d+)?$/.test(text)) return Number.NaN;
  const ms = Number(text.replace('_', '.'));
  return ms <= LONGEST_MS ? ms : Number.NaN;
}
