/*
 * The process that talks: on each connection a message is due every 20 ms, the connections one after the other, and carries the
 * time at which it was given to `send`. What a late timer costs is therefore not in the figures; the transport's own timers are.
 */
import { type UdpConnection, udpTransport } from '../../transports/udp/index.js';
import { readingOf } from '../fanout/load/reading.js';
import { answerQuestions, nowMicros } from '../fanout/processes.js';
import type { Run } from './server-process.js';
import { sumOf, type Traffic } from './traffic.js';
import { everyMs, messageBytes, optionsOf } from './variants.js';

let connections: UdpConnection[] = [];
let said = 0;
let talking: NodeJS.Timeout | undefined;

function say(connection: UdpConnection): void {
  const message = Buffer.alloc(messageBytes, 'x');
  message.writeDoubleBE(nowMicros());
  connection.send(message);
  said++;
}

const handlers = {
  async dial({ address, count, ...run }: Run & { address: string; count: number }): Promise<void> {
    const transport = udpTransport(optionsOf(run.variant, run.loss, run.seed));
    connections = (await Promise.all(Array.from({ length: count }, () => transport.dial(address)))) as UdpConnection[];
    for (const connection of connections) connection.received$.subscribe();
  },
  talk(_: null): void {
    const gapMs = everyMs / connections.length;
    let [due, index] = [performance.now(), 0];
    talking = setInterval(() => {
      for (; due <= performance.now(); due += gapMs) say(connections[index++ % connections.length] as UdpConnection);
    }, 1);
  },
  stop(_: null): void {
    clearInterval(talking);
  },
  traffic: (_: null): Traffic & { messages: number } => ({ ...sumOf(connections), messages: said }),
  reading: (_: null) => readingOf(said),
};

export type LossyLoadHandlers = typeof handlers;

answerQuestions(handlers);
