/*
 * What a link does to what it carries, in words for a person.
 */
import { type Faults, NO_FAULTS } from './faults.js';

const UNITS: readonly (readonly [number, string])[] = [
  [1e9, 'Gbit'],
  [1e6, 'Mbit'],
  [1e3, 'kbit'],
  [1, 'bit'],
];

/** What the link does, as the rest of a sentence: `loses 20% of all datagrams (seed 7)`. */
export function faultsInWords(faults: Faults): string {
  const { seed, loss, delayMs, jitterMs, duplicate, reorder, corrupt, bitsPerSecond, mtu, drop } = faults;
  const does = [
    loss > 0 && `loses ${percent(loss)} of all datagrams`,
    drop.length > 0 && `drops ${drop.map(({ side, name, nth }) => `${name} number ${nth} of the ${side}`).join(' and ')}`,
    duplicate > 0 && `doubles ${percent(duplicate)}`,
    reorder > 0 && `holds ${percent(reorder)} back`,
    corrupt > 0 && `flips a bit in ${percent(corrupt)}`,
    (delayMs > 0 || jitterMs > 0) && `takes ${delayMs} ms${jitterMs > 0 ? `, ${jitterMs} more or less` : ''}`,
    mtu.length > 0 &&
      `carries no IP packet above ${mtu.map(({ fromMs, bytes }) => `${bytes} bytes${fromMs > 0 ? ` after ${fromMs} ms` : ''}`).join(', ')}`,
    bitsPerSecond !== NO_FAULTS.bitsPerSecond && `carries ${rate(bitsPerSecond)} a second`,
  ].filter((part) => part !== false);
  return `${does.length === 0 ? 'has no faults' : list(does)} (seed ${seed})`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

function rate(bits: number): string {
  const [size, unit] = UNITS.find(([unitSize]) => bits >= unitSize) ?? [1, 'bit'];
  return `${Number((bits / size).toPrecision(3))} ${unit}`;
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
