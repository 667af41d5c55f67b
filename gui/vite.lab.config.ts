/*
 * The lab as one file that opens without a server, from a disk or a memory stick: dist/lab/index.html, with script and
 * style inside. The served page has them beside it instead, since its Content-Security-Policy allows nothing inline.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts the bundle's script and style into its HTML. Ten lines of our own: a plugin would be one more dependency. */
function inOneFile(): Plugin {
  return {
    name: 'in-one-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = Object.values(bundle).find(({ fileName }) => fileName.endsWith('.html'));
      if (page?.type !== 'asset') throw new Error('The bundle has no page.');
      let html = String(page.source);
      for (const [name, part] of Object.entries(bundle)) {
        if (part === page) continue;
        // what is inside must not end the element that it is in
        const [tag, inside] =
          part.type === 'chunk'
            ? [
                /<script[^>]*\ssrc="[^"]*"[^>]*><\/script>/,
                `<script type="module">${part.code.replaceAll('</script', '<\\/script')}</script>`,
              ]
            : [/<link[^>]*rel="stylesheet"[^>]*>/, `<style>${String(part.source)}</style>`];
        if (!tag.test(html)) throw new Error(`The page does not name ${name}.`);
        html = html.replace(tag, () => inside);
        delete bundle[name];
      }
      page.fileName = 'index.html';
      page.source = html;
    },
  };
}

export default defineConfig({
  root: here('.'),
  plugins: [inOneFile()],
  build: {
    outDir: here('../dist/lab'),
    emptyOutDir: false, // the compiled lab/ is there, too
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: { lab: here('lab.html') } },
  },
});
