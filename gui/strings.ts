/*
 * Every word that the pages say, in one file, so that it can be read, checked and translated in one go.
 */

/** The strings of all pages, by page. */
export const strings = {
  design: {
    pages: 'Pages',
    theme: 'Theme',
    themes: { system: 'as the system', light: 'light', dark: 'dark' },
    themeKey: 'Alt+T',
    projector: 'Projector size',
    projectorKey: 'Alt+P',
    copied: 'Copied.',
    notCopied: 'The browser did not allow it: select the text and copy it by hand.',
    close: 'Close',
  },
  chat: {
    title: 'Chatwire',
  },
  ladder: {
    title: 'The ladder',
  },
  lab: {
    title: 'The lab',
  },
} as const;
