/*
 * Looks for secrets in exports: as they are, as hex in either case, as a hex dump that a row's end may cut, and as base64.
 * Parts of them count, too.
 */
import type { Exported } from './exported.js';

/** A secret, and how many bytes of it in a row are too many. */
export interface Sought {
  readonly secret: Uint8Array;
  readonly part: number;
}

/** Where something of a secret is found; none is good. */
export function leaks(exported: Exported, secrets: readonly Sought[]): readonly string[] {
  const needles = secrets.map(({ secret, part }) => ({ secret, needles: needlesOf(Buffer.from(secret), part) }));
  return Object.entries(exported).flatMap(([name, content]) => {
    const text = Buffer.from(content).toString('latin1');
    const folded = text.toLowerCase();
    return needles.flatMap(({ secret, needles: { asIs, hex } }) => {
      const found = asIs.some((needle) => text.includes(needle)) || hex.some((needle) => folded.includes(needle));
      return found ? [`${name}: something of ${Buffer.from(secret).toString('hex')}`] : [];
    });
  });
}

function needlesOf(secret: Buffer, part: number): { readonly asIs: readonly string[]; readonly hex: readonly string[] } {
  const parts = Array.from({ length: secret.length - part + 1 }, (_, i) => secret.subarray(i, i + part));
  const hexes = parts.map((each) => each.toString('hex'));
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), secret])
      .toString('base64')
      .slice(before === 0 ? 0 : before + 1, -4),
  );
  return {
    asIs: [...parts.map((each) => each.toString('latin1')), ...base64],
    hex: [...hexes, ...hexes.map((each) => each.replace(/(..)(?=.)/g, '$1 '))],
  };
}
