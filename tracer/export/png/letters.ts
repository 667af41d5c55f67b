/*
 * Which letters a font has: its `cmap` table, read as far as it takes (OpenType 1.9, formats 4 and 12).
 */

/** Says whether a font has a letter. */
export type Letters = (codePoint: number) => boolean;

/** Reads what a TrueType font has. */
export function lettersIn(font: Uint8Array): Letters {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = Array.from({ length: view.getUint16(4) }, (_, i) => 12 + 16 * i);
  const cmap = tables.find((at) => view.getUint32(at) === 0x636d6170); // 'cmap'
  if (cmap === undefined) return () => false;
  const start = view.getUint32(cmap + 8);
  const parts = Array.from({ length: view.getUint16(start + 2) }, (_, i) => start + view.getUint32(start + 4 + 8 * i + 4));
  const readers = parts.map((at) => {
    const format = view.getUint16(at);
    if (format === 4) return segmented(view, at);
    return format === 12 ? grouped(view, at) : undefined;
  });
  return (codePoint) => readers.some((has) => has?.(codePoint));
}

/** Format 4: segments of the first 65,536. */
function segmented(view: DataView, at: number): Letters {
  const twice = view.getUint16(at + 6);
  const [ends, starts] = [at + 14, at + 16 + twice];
  return (codePoint) => {
    for (let i = 0; i < twice; i += 2) {
      if (view.getUint16(ends + i) < codePoint) continue;
      if (view.getUint16(starts + i) > codePoint) return false;
      const delta = view.getUint16(starts + twice + i);
      const place = starts + 2 * twice + i;
      const offset = view.getUint16(place);
      if (offset === 0) return ((codePoint + delta) & 0xffff) !== 0;
      return view.getUint16(place + offset + 2 * (codePoint - view.getUint16(starts + i))) !== 0;
    }
    return false;
  };
}

/** Format 12: groups of all there are. */
function grouped(view: DataView, at: number): Letters {
  const count = view.getUint32(at + 12);
  return (codePoint) => {
    for (let i = at + 16; i < at + 16 + 12 * count; i += 12) {
      if (codePoint >= view.getUint32(i) && codePoint <= view.getUint32(i + 4)) return true;
    }
    return false;
  };
}
