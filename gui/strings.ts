/*
 * Every word that the pages say, in one file, so that it can be read, checked and translated in one go.
 */

/** The strings of all pages, by page. */
export const strings = {
  design: {
    theme: 'Theme',
    projector: 'Projector size',
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
