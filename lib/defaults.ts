/*
 * Options over their defaults. An option that is undefined counts as not given: that is what `{ limit: config.limit }`
 * makes of a setting that is not there, and a limit that is no number would be none.
 */

/** The defaults, and in their place what was given. Options that have no default are left out. */
export function withDefaults<T extends object>(defaults: T, options: { readonly [Key in keyof T]?: T[Key] | undefined }): T {
  const all = { ...defaults };
  for (const key of Object.keys(defaults) as (keyof T)[]) {
    const given = options[key];
    if (given !== undefined) all[key] = given;
  }
  return all;
}
