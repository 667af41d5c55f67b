/*
 * The practical limit of `node:net`: what is said in one turn of the event loop reaches each member in one write at its end
 * (setImmediate). Those who said nothing share one chunk; a speaker gets the same without its own messages. Nothing is
 * bounded, numbered or acknowledged, so whatever Chatwire does more is the distance to this row.
 */
import type { Peer } from '../peer.js';
import { lengthFramedWire, messageFrame } from './length-framed.js';
import { type Group, type Member, serveGroups } from './net-groups.js';

function flush(group: Group): void {
  const { turn } = group;
  group.turn = [];
  const speakers = new Set<Member>();
  for (const said of turn) speakers.add(said.speaker);
  const shared = Buffer.concat(turn.map((said) => said.message));
  for (const member of group.members) {
    if (!speakers.has(member)) member.socket.write(shared);
    else {
      const others = turn.filter((said) => said.speaker !== member);
      if (others.length > 0) member.socket.write(Buffer.concat(others.map((said) => said.message)));
    }
  }
}

function serve(groupCount: number) {
  let dirty: Group[] = [];
  const flushAll = () => {
    const groups = dirty;
    dirty = [];
    for (const group of groups) flush(group);
  };
  return serveGroups(groupCount, (speaker, text) => {
    const { group } = speaker;
    if (dirty.length === 0) setImmediate(flushAll);
    if (group.turn.length === 0) dirty.push(group);
    group.turn.push({ speaker, message: messageFrame(speaker.label, text) });
  });
}

export const peer: Peer = {
  note: 'node:net, one write per member per turn of the event loop: the practical limit',
  serve,
  wire: lengthFramedWire,
};
