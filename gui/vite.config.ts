/*
 * How the browser's pages are bundled: three pages in dist/gui, which `chatwire serve --gui` hands out. Nothing is
 * inlined into the HTML, since the page's Content-Security-Policy allows no inline script and no inline style.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  worker: { format: 'es' },
  build: {
    outDir: here('../dist/gui'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { input: { chat: here('index.html'), ladder: here('ladder.html'), lab: here('lab.html') } },
  },
});
