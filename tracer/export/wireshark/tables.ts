/*
 * The tables of frames (lib/wire/frames.ts) and of packets (transports/udp/wire/packets.ts) as Lua tables. Every field
 * gets its filter name, `chatwire.say.text` or `chatwire.udp.ack.next`, and its doc as its description.
 */
import type { Field, Fields } from '../../../lib/wire/fields.js';
import { FRAMES } from '../../../lib/wire/frames.js';
import * as udp from '../../../transports/udp/wire/packets.js';
import type { LuaValue } from './literal.js';

interface Declared {
  readonly code: number;
  readonly doc: string;
  readonly fields: Fields;
}

/** The chat's frames, by code. */
export const frameTable = (): LuaValue => byCode(FRAMES, 'chatwire');

/** The packets of UDP-with-ack, by code; `frames` says whether frames follow. */
export const packetTable = (): LuaValue => byCode(udp.PACKETS, 'chatwire.udp');

/** The frames in them, by code. */
export const packetFrameTable = (): LuaValue => byCode(udp.FRAMES, 'chatwire.udp');

/** The fields of every packet's header behind its first byte. */
export const headerTable = (): LuaValue => fieldList(udp.HEADER, 'chatwire.udp');

/** A name as filters write it: `nextSequence` is `next_sequence`. */
export const filterName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function byCode(table: Readonly<Record<string, Declared & { readonly frames?: boolean }>>, prefix: string): LuaValue {
  return new Map(
    Object.entries(table).map(([name, { code, doc, fields, frames }]) => [
      code,
      { name, doc, frames, fields: fieldList(fields, `${prefix}.${name.toLowerCase()}`) },
    ]),
  );
}

function fieldList(fields: Fields, prefix: string): LuaValue {
  return Object.entries(fields).map(([name, field]) => fieldEntry(name, field, prefix));
}

function fieldEntry(name: string, field: Field, prefix: string): LuaValue {
  const filter = `${prefix}.${filterName(name)}`;
  return { name: title(name), filter, kind: field.kind, doc: field.doc, ...insides(field, filter) };
}

function insides(field: Field, filter: string): { readonly [key: string]: LuaValue } {
  switch (field.kind) {
    case 'choice':
      return { values: new Map(Object.entries<number>(field.values).map(([name, value]) => [value, name])) };
    case 'list':
      return { of: fieldEntry('item', field.of, filter) };
    case 'record':
      return { fields: fieldList(field.fields, filter.replace(/\.item$/, '')) };
    default:
      return {};
  }
}

/** A name as people read it: `nextSequence` is `Next sequence`. */
function title(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
