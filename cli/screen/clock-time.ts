/* The time of day as it stands before a line: HH:MM, or HH:MM:SS. Local, 24 hours, the same width always. */

/** The time of day. */
export function clockTime(time: Date, precision: 'minutes' | 'seconds' = 'minutes'): string {
  const parts = [time.getHours(), time.getMinutes(), ...(precision === 'seconds' ? [time.getSeconds()] : [])];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
