/*
 * The link of the exercise, in virtual time: a sender, a line that takes 1 ms for a packet, a way of `a` ms in each
 * direction, losses from a seed or as listed, and a receiver. It watches what an ARQ must never do.
 */
import { VirtualClock } from '../../../lib/index.js';
import { seeded } from '../../../transports/link/index.js';
import { expect } from '../grading.js';
import type { Arq, Packet } from './contract.js';

/** A run. */
export interface Run {
  readonly messages: number;
  readonly window: number;
  /** One way, in packet times of 1 ms: the `a` of textbooks. */
  readonly a: number;
  /** The share of packets that is lost, and that of acknowledgements; 0 to 1. */
  readonly loss?: number;
  readonly ackLoss?: number;
  /** Which transmissions of packets are lost, counted from 1; and which acknowledgements. */
  readonly lose?: readonly number[];
  readonly loseAcks?: readonly number[];
  /** An acknowledgement may take up to so much longer than `a`, ms: it comes late, and behind younger ones. */
  readonly ackJitterMs?: number;
  readonly seed?: number;
}

/** What came of it. */
export interface Outcome {
  /** How many packets went over the line, those that were lost included. */
  readonly transmissions: number;
  /** The share of the time until the last delivery in which the line carried a message for the first time that counted. */
  readonly utilisation: number;
}

const PACKET_MS = 1;
/** A run that takes more transmissions for a message than this does not get on. */
const MOST_PER_MESSAGE = 200;
/** The timer: a packet, both ways, and a little, since acknowledgements take no time. */
const GRACE_MS = 0.001;

/**
 * Plays a run to its end.
 * @throws {Wrong} if the ARQ does what it must not, or does not get on
 */
export function play(
  arq: Arq,
  { messages, window, a, loss = 0, ackLoss = 0, lose = [], loseAcks = [], ackJitterMs = 0, seed = 1 }: Run,
): Outcome {
  const clock = new VirtualClock(0);
  const random = seeded(seed);
  const sender = arq.sender({ window, timeoutMs: PACKET_MS + 2 * a + GRACE_MS });
  const receiver = arq.receiver();
  const delivered: string[] = [];
  let [transmissions, acknowledgements, acknowledged, busyUntil, lastDelivery] = [0, 0, 0, 0, 0];

  const arrives = (packet: Packet) => {
    const { deliver, acknowledge } = receiver.received(packet);
    for (const message of deliver) {
      expect(
        message === `message ${delivered.length}`,
        `The program was given "${message}" where "message ${delivered.length}" was next: a stream is in order, and each comes once.`,
      );
      delivered.push(message);
      lastDelivery = clock.now();
    }
    expect(
      acknowledge <= delivered.length,
      `Number ${acknowledge} was acknowledged, but only ${delivered.length} messages have been handed to the program.`,
    );
    acknowledgements += 1;
    if (random() < ackLoss || loseAcks.includes(acknowledgements)) return;
    clock.setTimer(a + random() * ackJitterMs, () => {
      acknowledged = Math.max(acknowledged, acknowledge);
      sender.acknowledged(acknowledge, clock.now());
      transmit();
    });
  };

  const transmit = () => {
    while (clock.now() >= busyUntil) {
      const packet = sender.next(clock.now());
      if (!packet) return;
      transmissions += 1;
      expect(
        packet.number < acknowledged + window,
        `Packet ${packet.number} went out with ${acknowledged} acknowledged: the window is ${window}.`,
      );
      expect(
        packet.number >= acknowledged,
        `Packet ${packet.number} was sent although everything before ${acknowledged} had been acknowledged.`,
      );
      expect(packet.message === `message ${packet.number}`, `Packet ${packet.number} carried "${packet.message}".`);
      expect(
        transmissions <= messages * MOST_PER_MESSAGE,
        `After ${transmissions} transmissions ${delivered.length} of ${messages} messages have come: it does not get on.`,
      );
      busyUntil = clock.now() + PACKET_MS;
      const isLost = random() < loss || lose.includes(transmissions);
      if (!isLost) clock.setTimer(PACKET_MS + a, () => arrives(packet));
      clock.setTimer(PACKET_MS, transmit);
    }
  };

  for (let i = 0; i < messages; i += 1) sender.submit(`message ${i}`);
  transmit();
  for (;;) {
    clock.endTurn();
    const { deadline } = sender;
    expect(!Number.isNaN(deadline), 'The deadline is not a number.');
    const next = Math.min(clock.next, deadline);
    if (next === Number.POSITIVE_INFINITY) break;
    clock.advance(Math.max(0, next - clock.now()));
    if (deadline > clock.now()) continue;
    sender.timeout(clock.now());
    transmit();
    expect(sender.deadline > clock.now(), 'After timeout() the deadline is still in the past: time cannot go on.');
  }
  expect(
    delivered.length === messages,
    `Only ${delivered.length} of ${messages} messages have come, and nobody waits for anything any more.`,
  );
  return { transmissions, utilisation: (messages * PACKET_MS) / (lastDelivery - a) };
}
