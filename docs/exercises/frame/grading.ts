/*
 * What is asked of the frame: its row in the table, the bytes, the way back, what is refused, and every byte in its place.
 */
import { FRAMES } from '../../../lib/wire/frames.js';
import { HEADER_BYTES, MAX_PAYLOAD_BYTES } from '../../../lib/wire/index.js';
import { seeded } from '../../../transports/link/index.js';
import { type Case, type Exercise, expect, exported } from '../grading.js';
import type { Whisper, Work } from './contract.js';

const SAMPLE: Whisper = { id: 7, to: 'Ann', text: 'psst, שלום' };
/** The sample behind its type: flags, length, ID, and each text behind its length in bytes. */
const BYTES = '00 0019 00000007 0003 416e6e 000e 707373742c20d7a9d79cd795d79d';

/** The exercise. */
export const exercise: Exercise = {
  cases(work) {
    const all: Work = {
      get WHISPER() {
        return exported<Work['WHISPER']>(work, 'WHISPER');
      },
      encode: (whisper) => exported<Work['encode']>(work, 'encode')(whisper),
      decode: (bytes) => exported<Work['decode']>(work, 'decode')(bytes),
      dissect: (bytes) => exported<Work['dissect']>(work, 'dissect')(bytes),
    };
    return [...rowCases(all), ...byteCases(all), ...refusalCases(all), dissectorCase(all)];
  },
};

const rowCases = (work: Work): Case[] => [
  {
    name: 'the row has a type that is free, and says who sends it and what it means',
    run() {
      const { code, from, doc } = work.WHISPER;
      const taken = Object.entries(FRAMES).find(([, frame]) => frame.code === code)?.[0];
      expect(taken === undefined, `Type 0x${code.toString(16).padStart(2, '0')} is ${taken}’s.`);
      expect(Number.isInteger(code) && code > 0 && code < 256, 'A type is one byte, and not 0.');
      expect(from === 'client', `It is sent by a client, and the row says "${from}".`);
      expect(doc.length > 10, 'The row does not say what the frame means.');
    },
  },
  {
    name: 'the row has the fields id, to and text, each with what it means',
    run() {
      const fields = Object.entries(work.WHISPER.fields);
      const found = fields.map(([name, { kind }]) => `${name} ${kind}`).join(', ');
      expect(found === 'id u32, to str, text str', `The row has ${found}; id u32, to str, text str are asked for.`);
      const mute = fields.find(([, { doc }]) => doc.length < 3)?.[0];
      expect(mute === undefined, `The field ${mute} does not say what it means.`);
    },
  },
];

const byteCases = (work: Work): Case[] => [
  {
    name: 'the bytes of a WHISPER are those of docs/protocol.md’s rules',
    run() {
      const found = hex(work.encode(SAMPLE));
      const wanted = hex(new Uint8Array([work.WHISPER.code])) + BYTES.replaceAll(' ', '');
      expect(found === wanted, `It was ${found}\n and should be ${wanted}.`);
    },
  },
  {
    name: 'what is encoded is decoded: 500 whispers in all kinds of letters',
    run() {
      const random = seeded(1);
      for (let i = 0; i < 500; i += 1) {
        const whisper = { id: Math.floor(random() * 2 ** 32), to: letters(random, 32), text: letters(random, 200) };
        const bytes = work.encode(whisper);
        const read = work.decode(bytes);
        expect(
          read !== undefined && read.length === bytes.length && JSON.stringify(inOrder(read.whisper)) === JSON.stringify(whisper),
          `${shortly(whisper)} came back as ${shortly(read?.whisper)}.`,
        );
      }
    },
  },
  {
    name: 'a frame that is not whole is waited for, wherever it is cut; what is behind it is left alone',
    run() {
      const bytes = work.encode(SAMPLE);
      for (let end = 0; end < bytes.length; end += 1)
        expect(work.decode(bytes.subarray(0, end)) === undefined, `Of ${bytes.length} bytes, ${end} were taken for a whole frame.`);
      const two = new Uint8Array([0xff, ...bytes, ...bytes]).subarray(1); // it may begin anywhere in a buffer
      const read = work.decode(two);
      expect(
        read?.length === bytes.length && read.whisper.text === SAMPLE.text,
        `Of two frames in a row the first took ${read?.length} bytes, not ${bytes.length}.`,
      );
    },
  },
];

/** Bytes that must be refused, made of a good frame. */
const REFUSED: readonly (readonly [name: string, code: string, spoil: (bytes: Uint8Array) => Uint8Array])[] = [
  ['another type', 'unknown-type', (bytes) => changed(bytes, 0, 0x7f)],
  ['flags', 'bad-flags', (bytes) => changed(bytes, 1, 1)],
  ['a payload over 16 KiB', 'too-long', (bytes) => changed(changed(bytes, 2, 0xff), 3, 0xff)],
  ['a text that is longer than the payload', 'bad-length', (bytes) => changed(bytes, 8, 0x40)],
  [
    'a payload that is longer than its fields',
    'bad-length',
    (bytes) => new Uint8Array([...changed(bytes, 3, (bytes[3] as number) + 1), 0]),
  ],
  ['what is no UTF-8', 'bad-utf8', (bytes) => changed(bytes, 10, 0xff)],
];

const refusalCases = (work: Work): Case[] => [
  ...REFUSED.map(
    ([name, code, spoil]): Case => ({
      name: `${name}: refused as ${code}`,
      run: () => throws(() => work.decode(spoil(work.encode(SAMPLE))), `ProtocolError ${code}`),
    }),
  ),
  {
    name: 'a text that makes the payload longer than 16 KiB is not encoded',
    run: () => throws(() => work.encode({ ...SAMPLE, text: 'x'.repeat(MAX_PAYLOAD_BYTES) }), 'RangeError'),
  },
];

const dissectorCase = (work: Work): Case => ({
  name: 'taken apart: every byte belongs to one field, with its value and what it means',
  run() {
    const bytes = work.encode(SAMPLE);
    const fields = work.dissect(bytes);
    const names = fields.map(({ name }) => name).join(', ');
    expect(
      names === 'type, flags, length, id, to, text',
      `The fields are ${names || 'none'}; type, flags, length, id, to, text are asked for.`,
    );
    let at = 0;
    for (const { name, offset, length, doc } of fields) {
      expect(offset === at, `${name} begins at byte ${offset}, and the field before it ends at ${at}.`);
      expect(doc.length > 2, `${name} does not say what it means.`);
      at += length;
    }
    expect(at === bytes.length, `The fields have ${at} bytes, and the frame ${bytes.length}.`);
    const values = fields.map(({ value }) => value).join(' | ');
    const wanted = [work.WHISPER.code, 0, bytes.length - HEADER_BYTES, SAMPLE.id, SAMPLE.to, SAMPLE.text].join(' | ');
    expect(values === wanted, `The values are ${values}; they should be ${wanted}.`);
  },
});

function throws(act: () => unknown, wanted: string): void {
  let found = 'nothing';
  try {
    act();
  } catch (error) {
    const { name, code } = error as { readonly name?: string; readonly code?: string };
    found = [name, code].filter((part) => part !== undefined).join(' ');
  }
  expect(found === wanted, `It threw ${found}, and ${wanted} is asked for.`);
}

const changed = (bytes: Uint8Array, at: number, to: number): Uint8Array => bytes.map((byte, i) => (i === at ? to : byte));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** A whisper, not longer than a line. */
const shortly = (whisper: unknown): string => [...(JSON.stringify(whisper) ?? 'nothing')].slice(0, 60).join('');
const inOrder = ({ id, to, text }: Whisper): Whisper => ({ id, to, text });

/** Letters of one to four bytes. */
function letters(random: () => number, most: number): string {
  const alphabet = [...'abc xyz,éß€שלום世界😀'];
  return Array.from({ length: Math.floor(random() * most) }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}
