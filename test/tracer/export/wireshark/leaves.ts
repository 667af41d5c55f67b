/*
 * What a dissector of ours found, as Wireshark names it: a filter's name and the bytes of each field, in order.
 */
import { type Dissection, dissect, encodeFrame, type Field, FRAMES, type Frame } from '../../../../lib/wire/index.js';
import { filterName } from '../../../../tracer/export/wireshark/tables.js';
import { senderOf } from '../../../lib/wire/arbitrary-frames.js';

/** A field without fields of its own. */
export interface Leaf {
  readonly name: string;
  readonly hex: string;
}

/** The fields of a chat frame. */
export function leavesOf(frame: Frame): readonly Leaf[] {
  return leavesIn(encodeFrame(frame), senderOf(frame.type));
}

/** The fields of an encoded one. */
export function leavesIn(bytes: Uint8Array, from: 'client' | 'server'): readonly Leaf[] {
  const { type, fields } = dissect(bytes, from) as Dissection;
  const declared = FRAMES[type].fields as Readonly<Record<string, Field>>;
  return fields.flatMap((found) => {
    const field = declared[found.name];
    if (!field) return [{ name: `chatwire.frame.${found.name}`, hex: hexOf(bytes, found.offset, found.length) }];
    return leaves(field, found, `chatwire.${type.toLowerCase()}.${filterName(found.name)}`, bytes);
  });
}

type Found = Dissection['fields'][number];

function leaves(field: Field, { offset, length, parts = [] }: Found, name: string, bytes: Uint8Array): Leaf[] {
  switch (field.kind) {
    case 'str':
    case 'bytes':
      // an empty one has no bytes, so Wireshark shows the length before it, or nothing
      return [{ name, hex: length > 2 ? hexOf(bytes, offset + 2, length - 2) : field.kind === 'str' ? '0000' : '' }];
    case 'list':
      return [{ name, hex: hexOf(bytes, offset, 2) }, ...parts.flatMap((part) => leaves(field.of, part, `${name}.item`, bytes))];
    case 'record': {
      const within = name.replace(/\.item$/, ''); // a record itself has no value, only its fields have
      return [
        { name, hex: '' },
        ...parts.flatMap((part) => leaves(field.fields[part.name] as Field, part, `${within}.${filterName(part.name)}`, bytes)),
      ];
    }
    default:
      return [{ name, hex: hexOf(bytes, offset, length) }];
  }
}

function hexOf(bytes: Uint8Array, offset: number, length: number): string {
  return Buffer.from(bytes.subarray(offset, offset + length)).toString('hex');
}
