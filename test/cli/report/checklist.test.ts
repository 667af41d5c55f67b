/* The checklist believes the PDF's text alone: it says where a demand is met, and what is missing if it is not. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { demands, findAll } from '../../../cli/report/checklist.js';

const demand = { demand: 'Names', texts: ['Ada Lovelace', 'lib/wire/frames.ts'] };

test('texts are found in spite of line breaks and of places where a long word may break', () => {
  const pages = ['Contents', 'AdaLovelace', 'lib/wire/frames.ts'];
  assert.equal(findAll([demand], pages), [{ demand: 'Names', page: 2, missing: [] }]);
});

test('the page that has all is named, and no list of contents', () => {
  const pages = ['Contentslib/wire/frames.tsAdaLovelace', 'AdaLovelace', 'AdaLovelacelib/wire/frames.ts'];
  assert.is(findAll([demand], pages)[0]?.page, 3);
});

test('the second page of a list, which begins with its running head, is none either', () => {
  const pages = ['Figures', 'ChatwireFiguresAdaLovelacelib/wire/frames.ts', 'AdaLovelacelib/wire/frames.ts'];
  assert.is(findAll([demand], pages)[0]?.page, 3);
});

test('what only a list has is missing', () => {
  assert.equal(findAll([demand], ['ContentsAdaLovelacelib/wire/frames.ts', 'AdaLovelace'])[0]?.missing, ['lib/wire/frames.ts']);
});

test('of what is spread over a chapter the first page that has something of it is named, not the one with the most', () => {
  const texts = ['a.ts', 'b.ts', 'c.ts'];
  const files = { demand: 'Files', texts, chapter: 'Every file' };
  const pages = [
    'ContentsEveryfile',
    'Chapter4Architecturea.tsb.tsc.ts',
    'Chapter5Everyfile',
    'Chatwirea.ts',
    'Chatwireb.tsc.ts',
    'Chapter6Ofa.ts',
  ];
  assert.equal(findAll([files], pages), [{ demand: 'Files', page: 4, missing: [] }]);
  assert.equal(findAll([files], [...pages.slice(0, 4), 'Chapter6Ofb.tsc.ts'])[0]?.missing, ['b.ts', 'c.ts'], 'elsewhere does not count');
  assert.equal(findAll([files], ['a.tsb.tsc.ts'])[0]?.missing, texts, 'no such chapter');
});

test('what is missing is named', () => {
  assert.equal(findAll([demand], ['AdaLovelace']), [{ demand: 'Names', page: undefined, missing: ['lib/wire/frames.ts'] }]);
});

test('a Hebrew name is found though its words come out in another order', () => {
  const [found] = findAll([{ demand: 'Name', texts: ['שרה כהן'] }], ['כהןשרה']);
  assert.is(found?.page, 1);
});

test('it asks for every file, class and function', () => {
  const declared = [
    { kind: 'class' as const, name: 'FrameDecoder', signature: '', doc: '', exported: true, methods: [] },
    { kind: 'function' as const, name: 'readHeader', signature: '', doc: '', exported: true, methods: [] },
    { kind: 'type' as const, name: 'Peer', signature: '', doc: '', exported: true, methods: [] },
  ];
  const file = { path: 'lib/x.ts', folder: 'lib', lines: 1, purpose: 'x', declared, tests: [], imports: [] };
  const all = demands([{ name: 'Ada', id: '123456782' }], [file], { system: 'Linux', language: 'TypeScript' });
  assert.equal(all.find(({ demand }) => demand === 'Every file')?.texts, ['lib/x.ts']);
  assert.equal(all.find(({ demand }) => demand === 'Every class and function')?.texts, ['FrameDecoder', 'readHeader']);
});

test.run();
