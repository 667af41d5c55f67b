/*
 * Fan-out keeps every connection's order: whatever is pushed, published, joined and left, each connection gets
 * what a naive server would have sent it at once, and it gets it as one chunk a turn.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Channel, Fanout, Outbox } from '../../../lib/group/fanout.js';
import { framesCodec, type ServerCodec, textCodec } from '../../../lib/wire/codec.js';
import { ByteWriter } from '../../../lib/wire/fields.js';
import type { ServerSaying } from '../../../lib/wire/saying.js';
import { concat } from '../wire/arbitrary-frames.js';

const CODECS = [framesCodec, textCodec] as const;

const message = (text: string): ServerSaying => ({ type: 'MESSAGE', sequence: 1, time: 0, sender: 'Bar', text });
const ACCEPTED: ServerSaying = { type: 'ACCEPTED', id: 1, sequence: 1 }; // text has no words for it

function bytesOf(codec: ServerCodec, saying: ServerSaying): Uint8Array {
  const writer = new ByteWriter();
  codec.write(writer, saying);
  return writer.written();
}

/** Five connections, two groups, and what a naive server would have sent. */
class Scene {
  readonly fanout = new Fanout<number>();
  readonly outboxes = Array.from({ length: 5 }, (_, i) => new Outbox(i, CODECS[i % 2] as ServerCodec, this.fanout));
  readonly groups = [0, 1].map(() => CODECS.map((codec) => new Channel(this.fanout, codec)));
  readonly sent: Uint8Array[][] = this.outboxes.map(() => []);
  readonly naive: Uint8Array[][] = this.outboxes.map(() => []);
  readonly sitting: (number | undefined)[] = this.outboxes.map(() => undefined);
  /** Writers that are lent. */
  lent = 0;

  constructor() {
    const { fanout } = this;
    const [borrow, giveBack] = [fanout.borrow.bind(fanout), fanout.giveBack.bind(fanout)];
    fanout.borrow = () => {
      this.lent++;
      return borrow();
    };
    fanout.giveBack = (writer) => {
      this.lent--;
      return giveBack(writer);
    };
  }

  push(who: number, saying: ServerSaying): void {
    this.outboxes[who]?.push(saying);
    this.#naively(who, saying);
  }

  /** Tells a group, but not those of its members who are excepted. */
  publish(group: number, saying: ServerSaying, except: readonly number[]): void {
    const excepted = this.outboxes.filter(({ owner }) => except.includes(owner) && this.sitting[owner] === group);
    for (const channel of this.groups[group] ?? []) {
      channel.publish(
        saying,
        excepted.filter((outbox) => outbox.channel === channel),
      );
    }
    this.sitting.forEach((place, who) => {
      if (place === group && !except.includes(who)) this.#naively(who, saying);
    });
  }

  join(who: number, group: number): void {
    const outbox = this.outboxes[who];
    const channel = this.groups[group]?.find(({ codec }) => codec === outbox?.codec);
    if (channel) outbox?.join(channel);
    this.sitting[who] = group;
  }

  leave(who: number): void {
    this.outboxes[who]?.leave();
    this.sitting[who] = undefined;
  }

  flush(): void {
    const served = new Set<number>();
    this.fanout.flush((who, chunk) => {
      assert.not(served.has(who), 'one chunk a turn');
      assert.ok(chunk.length > 0, 'no empty chunk');
      served.add(who);
      this.sent[who]?.push(chunk);
    });
    assert.not(this.fanout.pending);
    assert.is(this.lent, 0, 'an idle outbox holds no writer');
  }

  #naively(who: number, saying: ServerSaying): void {
    this.naive[who]?.push(bytesOf(CODECS[who % 2] as ServerCodec, saying));
  }
}

const who = fc.nat(4);
const group = fc.nat(1);
const saying = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 5 }).map(message) },
  { weight: 1, arbitrary: fc.constant(ACCEPTED) },
);
type Happening = (scene: Scene) => void;
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(who, saying).map(
      ([whom, what]) =>
        (scene: Scene) =>
          scene.push(whom, what),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(group, saying, fc.array(who, { maxLength: 2 })).map(
      ([where, what, except]) =>
        (scene: Scene) =>
          scene.publish(where, what, except),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(who, group).map(
      ([whom, where]) =>
        (scene: Scene) =>
          scene.join(whom, where),
    ),
  },
  { weight: 1, arbitrary: who.map((whom) => (scene: Scene) => scene.leave(whom)) },
  { weight: 1, arbitrary: fc.constant((scene: Scene) => scene.flush()) },
);

test('each connection gets what a naive server would have sent it', () => {
  fc.assert(
    fc.property(fc.array(happening, { size: 'max', maxLength: 60 }), (happenings) => {
      const scene = new Scene();
      for (const happens of happenings) happens(scene);
      scene.flush();
      assert.equal(scene.sent.map(concat), scene.naive.map(concat));
    }),
    { numRuns: 1000 },
  );
});

test('members with nothing of their own share one chunk, by reference', () => {
  const scene = new Scene();
  for (const each of [0, 2, 4]) scene.join(each, 0);
  scene.publish(0, message('hi'), []);
  scene.push(4, ACCEPTED);
  scene.flush();
  const [first, third, fifth] = [scene.sent[0]?.[0], scene.sent[2]?.[0], scene.sent[4]?.[0]];
  assert.is(first, third);
  assert.is.not(first, fifth);
});

test('who came in the midst of a turn shares the bytes from there on', () => {
  const scene = new Scene();
  scene.join(0, 0);
  scene.publish(0, message('before'), []);
  scene.join(2, 0);
  scene.publish(0, message('after'), []);
  scene.flush();
  const [whole, part] = [scene.sent[0]?.[0], scene.sent[2]?.[0]];
  assert.is(whole?.buffer, part?.buffer);
  assert.equal(part, bytesOf(framesCodec, message('after')));
});

test('a chunk that was handed over never changes', () => {
  const scene = new Scene();
  scene.join(0, 0);
  scene.publish(0, message('first'), []);
  scene.push(2, message('own'));
  scene.flush();
  const kept = [scene.sent[0]?.[0], scene.sent[2]?.[0]].map((chunk) => [chunk, chunk?.slice()]);
  for (let turn = 0; turn < 3; turn++) {
    scene.publish(0, message('something else'), []);
    scene.push(2, message('something else'));
    scene.flush();
  }
  for (const [chunk, copy] of kept) assert.equal(chunk, copy);
});

test('nothing to say, nothing pending', () => {
  const scene = new Scene();
  assert.not(scene.fanout.pending);
  scene.push(0, message('x'));
  assert.ok(scene.fanout.pending);
  scene.flush();
  scene.flush();
  assert.is(scene.sent[0]?.length, 1);
});

test.run();
