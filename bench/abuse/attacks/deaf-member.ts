/*
 * A member that never reads, in a group where somebody talks at 4 MB/s. A server without limits keeps all of it in memory;
 * one that waits for the slowest stops the group. Told is after how many seconds the server has cut the deaf one off.
 */
import { connectMember, emptyGroup, say } from '../../fanout/load/members.js';
import { type Attack, serverHolds } from '../attack.js';

const textBytes = 4000;
const bytesPerSecond = 4_000_000;
const tickMs = 10;
const lookMs = 250;

export const deafMember: Attack = {
  seconds: 15,
  async start({ port, wire, group: name }) {
    const group = emptyGroup(name, 1);
    const join = (who: string) => connectMember(port, wire, group, who);
    const [speaker, reader, deaf] = await Promise.all([join('speaker'), join('reader'), join('deaf')]);
    const { localPort = 0 } = deaf.socket;
    deaf.socket.pause();

    const message = wire.say(Buffer.alloc(textBytes, 'x'), name, 'speaker');
    const began = performance.now();
    let said = 0;
    let goneAfterSeconds = Number.POSITIVE_INFINITY;
    const flood = setInterval(() => {
      const due = ((performance.now() - began) / 1000) * (bytesPerSecond / textBytes);
      for (; said < due; said++) say(wire, speaker, message, 1);
    }, tickMs);
    const look = setInterval(() => {
      if (goneAfterSeconds === Number.POSITIVE_INFINITY && !serverHolds(port, localPort))
        goneAfterSeconds = (performance.now() - began) / 1000;
    }, lookMs);

    return () => {
      clearInterval(flood);
      clearInterval(look);
      for (const { socket } of [speaker, reader, deaf]) socket.destroy();
      return { goneAfterSeconds, megabytesSaid: (said * textBytes) / 1e6, megabytesRead: (group.delivered * textBytes) / 1e6 };
    };
  },
};
