/*
 * Whether a key is somebody's already: keys of a whole page are nobody's while one types.
 */

/** Whether the key goes to a field, or was taken by somebody nearer to it. */
export function isTyped(event: KeyboardEvent): boolean {
  const { target, defaultPrevented, isComposing } = event;
  if (defaultPrevented || isComposing) return true;
  return target instanceof Element && target.closest('input:not([type=radio]):not([type=checkbox]), select, textarea') !== null;
}
