/*
 * Light, dark or as the system has it, and type for a projector: two choices that are kept in this browser and that every
 * page obeys. They are put on <html> as attributes; tokens.css does the rest.
 */
import { effect, signal } from '@preact/signals';

/** The themes, in the order in which the key goes through them. */
export const THEMES = ['system', 'light', 'dark'] as const;
/** One of them. */
export type Theme = (typeof THEMES)[number];

const THEME = 'chatwire.theme';
const SIZE = 'chatwire.size';

/** The theme that was chosen. */
export const theme = signal<Theme>(THEMES.find((name) => name === kept(THEME)) ?? 'system');
/** Whether the type is large enough for the last row of a lecture hall. */
export const isProjected = signal(kept(SIZE) === 'projector');

effect(() => {
  const { dataset } = document.documentElement;
  if (theme.value === 'system') delete dataset.theme;
  else dataset.theme = theme.value;
  keep(THEME, theme.value);
});
effect(() => {
  const { dataset } = document.documentElement;
  if (isProjected.value) dataset.size = 'projector';
  else delete dataset.size;
  keep(SIZE, isProjected.value ? 'projector' : 'normal');
});
// Physical keys, since Alt and a letter types another letter on a Mac.
document.addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.code === 'KeyT') nextTheme();
  else if (event.code === 'KeyP') isProjected.value = !isProjected.value;
  else return;
  event.preventDefault();
});

/** The next theme of the three. */
export function nextTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] as Theme;
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // it holds until the page is closed
  }
}
