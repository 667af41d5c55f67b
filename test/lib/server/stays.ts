/*
 * What each connection of a rig must have heard, worked out from the server's events alone: who sat in which group
 * from which message to which. Simple enough to be believed, and held against what was really sent.
 */
import * as assert from 'uvu/assert';
import type { ServerEvent } from '../../../lib/server/output.js';
import type { Rig } from './rig.js';
import type { RigLink } from './rig-link.js';

type Said = Extract<ServerEvent, { type: 'said' }>;

/** One connection's time in one group. */
interface Stay {
  readonly session: string;
  readonly group: string;
  /** One seat may have several connections, one after the other. */
  readonly seat: string;
  readonly resumed: boolean;
  /** The last message before it came, and the last one before it went. */
  readonly after: number;
  upTo: number;
}

/**
 * Checks everything that all connections heard.
 * @param resumedAfter the last sequence number that a connection which came back said it had
 * @param alive the connections that were open to the end
 */
export function checkStays(rig: Rig, resumedAfter: ReadonlyMap<string, number>, alive: ReadonlySet<RigLink>): void {
  const told = new Map<string, Said[]>();
  const seatOf = new Map<Said, string>();
  const stays = staysIn(rig.events, told, seatOf);
  for (const said of told.values()) {
    assert.equal(
      said.map(({ sequence }) => sequence),
      said.map((_, i) => i + 1),
      'the numbers of a group have no gaps',
    );
    assert.is(new Set(said.map(({ text }) => text)).size, said.length, 'nothing is told twice');
  }
  for (const link of rig.links) {
    const ofLink = stays.filter(({ session }) => session === link.id);
    assert.ok(ofLink.length <= 1, 'a connection of the crowd joins once');
    const [stay] = ofLink;
    const heard = link.codec === 'text' ? heardInText(link) : link.heard;
    if (!stay) assert.equal(heard, [], `${link.id} was in no group`);
    else checkStay(stay, link, heard, told.get(stay.group) ?? [], seatOf, resumedAfter.get(link.id) ?? 0, alive.has(link));
  }
}

function checkStay(
  stay: Stay,
  link: RigLink,
  heard: readonly string[],
  told: readonly Said[],
  seatOf: ReadonlyMap<Said, string>,
  resumedAfter: number,
  alive: boolean,
): void {
  const during = told.filter(({ sequence, session }) => sequence > stay.after && sequence <= stay.upTo && session !== link.id);
  const before = told.filter((each) => each.sequence > resumedAfter && each.sequence <= stay.after && seatOf.get(each) !== stay.seat);
  const missed = stay.resumed ? before.map(({ text }) => text) : [];
  const gap = link.codec === 'frames' && link.all('JOINED')[0]?.resumed === 'gap';
  const kept = gap ? missed.slice(Math.max(0, missed.length - heard.length)) : missed;
  const expected = [...kept, ...during.map(({ text }) => text)];
  const where = `${link.id} in #${stay.group}`;
  if (gap) return assert.equal(heard, expected.slice(expected.length - heard.length), `${where}: after a gap`);
  // who breaks off may miss the last turn, but nothing in between
  const complete = alive || link.ended;
  assert.equal(heard, complete ? expected : expected.slice(0, heard.length), where);
  if (link.codec === 'text') return;
  const accepted = new Map(link.all('ACCEPTED').map(({ sequence }) => [sequence, true]));
  for (const sequence of accepted.keys()) assert.is(seatOf.get(told[sequence - 1] as Said), stay.seat, `${where}: accepted is one's own`);
  const own = told.filter(({ session, sequence }) => session === link.id && sequence <= stay.upTo);
  if (complete) for (const { sequence } of own) assert.ok(accepted.has(sequence), `${where}: what was told is accepted`);
}

/** Reads the stays out of the events, and what was told in each group by which seat. */
function staysIn(events: readonly ServerEvent[], told: Map<string, Said[]>, seatOf: Map<Said, string>): Stay[] {
  const stays: Stay[] = [];
  const open = new Map<string, Stay>(); // by session
  const lastOf = new Map<string, Stay>(); // by group and name: the newest stay in the seat
  const count = (group: string) => told.get(group)?.length ?? 0;
  const close = (stay: Stay | undefined) => {
    if (stay && open.delete(stay.session)) stay.upTo = count(stay.group);
  };
  for (const event of events) {
    if (event.type === 'said') {
      told.set(event.group, [...(told.get(event.group) ?? []), event]);
      seatOf.set(event, lastOf.get(`${event.group} ${event.name}`)?.seat ?? '');
    } else if (event.type === 'joined' || event.type === 'resumed') {
      const { session, group, name } = event;
      const former = lastOf.get(`${group} ${name}`);
      const resumed = event.type === 'resumed';
      close(former);
      const seat = resumed && former ? former.seat : session;
      const stay: Stay = { session, group, seat, resumed, after: count(group), upTo: Number.POSITIVE_INFINITY };
      stays.push(stay);
      open.set(session, stay);
      lastOf.set(`${group} ${name}`, stay);
    } else if (event.type === 'left' || event.type === 'lost') {
      close(open.get(event.session));
    }
  }
  return stays;
}

function heardInText(link: RigLink): string[] {
  return [...link.text.matchAll(/^Person \d+: (.*)$/gm)].map(([, text]) => text ?? '');
}
