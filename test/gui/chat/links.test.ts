/* Web addresses in a text: which they are, and that nothing of the text is lost. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { piecesOf } from '../../../gui/chat/links.js';

const linksIn = (text: string) => piecesOf(text).flatMap(({ text: shown, href }) => (href === undefined ? [] : [shown]));

for (const [text, links] of [
  ['no address', []],
  ['http://a.example', ['http://a.example']],
  ['see https://a.example/b?c=d#e, and', ['https://a.example/b?c=d#e']],
  ['(https://a.example/b)', ['https://a.example/b']],
  ['https://a.example/b_(c)', ['https://a.example/b_(c)']],
  ['HTTPS://A.example', ['HTTPS://A.example']],
  ['https://א.example/ב', ['https://א.example/ב']],
  ['https://a.example https://b.example', ['https://a.example', 'https://b.example']],
  ['ftp://a.example javascript:alert(1) mailto:a@b.example data:text/html,x', []],
  ['https://bank.example@evil.example/', []],
  ['https:// http://% http://[', []],
  ['https://a.example/\u202eb', ['https://a.example/']],
] as const) {
  test(text, () => assert.equal(linksIn(text), [...links]));
}

test('the pieces together are the text, and only http: and https: lead anywhere', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.constantFrom('http://', 'https://', 'javascript:', ')', '.', '\u202e', ' '),
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join('');
      const pieces = piecesOf(text);
      assert.is(pieces.map((piece) => piece.text).join(''), text);
      for (const { href } of pieces) if (href !== undefined) assert.match(href, /^https?:\/\//);
    }),
  );
});

test.run();
