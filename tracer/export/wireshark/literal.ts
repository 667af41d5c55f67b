/*
 * Values as Lua source text, the same in Lua 5.2 and 5.4. Keys stand in the order in which the object has them.
 */

/** A value that Lua can hold. */
export type LuaValue =
  | string
  | number
  | boolean
  | readonly LuaValue[]
  | { readonly [key: string]: LuaValue | undefined }
  | ReadonlyMap<number, LuaValue>;

/** Writes a value. A map's keys are numbers, an object's are names. */
export function literal(value: LuaValue, indent = ''): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  const deeper = `${indent}  `;
  const entries = entriesOf(value).map(([key, item]) => `${key}${literal(item, deeper)}`);
  const line = `{ ${entries.join(', ')} }`;
  if (entries.length === 0) return '{}';
  return line.length < 110 && !line.includes('\n') ? line : `{\n${entries.map((entry) => `${deeper}${entry},\n`).join('')}${indent}}`;
}

function entriesOf(value: Exclude<LuaValue, string | number | boolean>): (readonly [key: string, value: LuaValue])[] {
  if (Array.isArray(value)) return (value as readonly LuaValue[]).map((item) => ['', item] as const);
  if (value instanceof Map) return [...(value as ReadonlyMap<number, LuaValue>)].map(([key, item]) => [`[${key}] = `, item] as const);
  return Object.entries(value as Readonly<Record<string, LuaValue | undefined>>).flatMap(([key, item]) =>
    item === undefined ? [] : [[`${key} = `, item] as const],
  );
}

/** UTF-8 stands as it is; what would end the text or the line is escaped. */
function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/[\x00-\x1f\x7f]/g, (char) => `\\${char.charCodeAt(0).toString().padStart(3, '0')}`)}"`;
}
