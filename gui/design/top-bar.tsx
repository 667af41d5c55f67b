/*
 * What stands at the top of every page: its name, the way to the other pages, what the page adds, and how it looks.
 */
import type { ComponentChildren } from 'preact';
import { strings } from '../strings.js';
import { Announcer } from './announcer.js';
import { Button } from './button.js';
import { isProjected, nextTheme, theme } from './theme.js';
import './top-bar.css';

/** A page that the bar leads to. */
export interface PageLink {
  readonly href: string;
  readonly text: string;
}

/** The bar. It brings the page's live region along. */
export function TopBar({
  title,
  links = [],
  children,
}: {
  readonly title: ComponentChildren;
  readonly links?: readonly PageLink[];
  readonly children?: ComponentChildren;
}) {
  const { design } = strings;
  const themeName = design.themes[theme.value];
  return (
    <header class="top-bar">
      <h1>{title}</h1>
      {links.length > 0 && (
        <nav aria-label={design.pages}>
          {links.map(({ href, text }) => (
            <a key={href} href={href}>
              {text}
            </a>
          ))}
        </nav>
      )}
      <div class="top-bar-own">{children}</div>
      <div class="top-bar-looks">
        <Button
          look="quiet"
          aria-label={`${design.theme}: ${themeName} (${design.themeKey})`}
          title={`${design.theme}: ${themeName} (${design.themeKey})`}
          onClick={nextTheme}
        >
          <span aria-hidden="true">{{ system: '◐', light: '☀', dark: '☾' }[theme.value]}</span>
        </Button>
        <Button
          look="quiet"
          aria-pressed={isProjected.value}
          aria-label={`${design.projector} (${design.projectorKey})`}
          title={`${design.projector} (${design.projectorKey})`}
          onClick={() => {
            isProjected.value = !isProjected.value;
          }}
        >
          <span class="size-mark" />
        </Button>
      </div>
      <Announcer />
    </header>
  );
}
