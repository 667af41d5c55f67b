/*
 * The pieces of a frame or a packet, laid into rows of 32 bits as in the RFCs. What has a variable length gets a row of its
 * own; since nothing is padded, what follows begins wherever that ends, and on a new row here.
 */

export const ROW_BITS = 32;

/** A piece: so many bits, or as many bytes as something before it says. */
export interface Piece {
  readonly label: string;
  readonly bits: number | 'variable';
}

/** A piece, or the part of one that stands in one row. */
export interface Cell {
  readonly label: string;
  readonly bits: number;
  /** It has as many bytes as something before it says; its row is full. */
  readonly variable: boolean;
  /** It goes on from the row above. */
  readonly continued: boolean;
}

/** Lays pieces into rows; what else a piece has its cells have, too. */
export function bitRows<P extends Piece>(pieces: readonly P[]): (P & Cell)[][] {
  const rows: (P & Cell)[][] = [];
  let row: (P & Cell)[] = [];
  let room = ROW_BITS;
  const wrap = () => {
    if (row.length > 0) rows.push(row);
    row = [];
    room = ROW_BITS;
  };
  for (const piece of pieces) {
    const { bits } = piece;
    if (bits === 'variable') {
      wrap();
      rows.push([{ ...piece, bits: ROW_BITS, variable: true, continued: false }]);
      continue;
    }
    for (let left = bits; left > 0; ) {
      const taken = Math.min(left, room);
      row.push({ ...piece, bits: taken, variable: false, continued: left < bits });
      left -= taken;
      room -= taken;
      if (room === 0) wrap();
    }
  }
  wrap();
  return rows;
}
