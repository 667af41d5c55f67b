/*
 * The fields of a frame in a trace file, held to the table of frames: a view may rely on a PRESENCE having changes.
 * Where the table has bytes, the file has hex text; and a mask may stand for any text.
 */
import type { Field } from '../../lib/wire/fields.js';
import { FRAME_BY_TYPE } from '../../lib/wire/frames.js';
import { DamagedLine, finite, list, members, text } from './checks.js';

/** The fields of a frame of this type. Throws a {@link DamagedLine} if they are not those of the table. */
export function frameFields(type: string, value: unknown): Readonly<Record<string, unknown>> {
  const given = members(value, 'fields');
  if (type === 'LINE') return { text: text(given.text, 'text') };
  if (!Object.hasOwn(FRAME_BY_TYPE, type)) throw new DamagedLine(`"type" is no frame that this version knows`);
  const { fields } = FRAME_BY_TYPE[type as keyof typeof FRAME_BY_TYPE];
  return Object.fromEntries(fields.map(([name, field]) => [name, checkedField(field, given[name], name)]));
}

function checkedField(field: Field, value: unknown, name: string): unknown {
  switch (field.kind) {
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64':
      return finite(value, name);
    case 'str':
    case 'bytes':
      return text(value, name);
    case 'choice':
      if (!Object.hasOwn(field.values, text(value, name))) throw new DamagedLine(`"${name}" is none that the table of frames has`);
      return value;
    case 'list':
      return list(value, name).map((item) => checkedField(field.of, item, name));
    case 'record': {
      const given = members(value, name);
      return Object.fromEntries(Object.entries(field.fields).map(([member, of]) => [member, checkedField(of, given[member], member)]));
    }
  }
}
