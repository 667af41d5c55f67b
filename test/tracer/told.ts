/*
 * Small stories built by hand, for the tests of what draws them.
 */
import type { Actor, ArrowStep, JoinedConnection, MarkStep, NoteStep, Step, Story } from '../../tracer/join/story.js';

type Unnumbered<S extends Step> = Omit<S, 'number'>;

const ms = (value: number): number => Math.round(value * 1e6);

/** An actor; its id is the name in small letters. */
export function actor(name: string, role: Actor['role'] = 'client', id = name.toLowerCase()): Actor {
  return { id, name, role, basis: 'observed' };
}

/** An arrow `from->to` that leaves at a time (ms) and takes 0.1 ms, unless told otherwise. */
export function arrow(
  way: string,
  at: number,
  label: string,
  words = '',
  more: Partial<ArrowStep> & { readonly took?: number } = {},
): Unnumbered<ArrowStep> {
  const [from = '', to = ''] = way.split('->');
  const { took = 0.1, ...rest } = more;
  const isLost = rest.outcome === 'lost' || rest.outcome === 'unseen';
  return {
    kind: 'arrow',
    lane: 'frames',
    connection: 'c1',
    from,
    to,
    at: ms(at),
    sentAt: ms(at),
    ...(isLost ? {} : { receivedAt: ms(at + took) }),
    basis: 'observed',
    outcome: 'arrived',
    label,
    words,
    why: '',
    bytes: new Uint8Array(0),
    masks: [],
    ...rest,
  };
}

/** Something at one actor. */
export function mark(who: string, at: number, label: string, words = '', why = ''): Unnumbered<MarkStep> {
  return { kind: 'mark', lane: 'states', connection: 'c1', actor: who, at: ms(at), basis: 'observed', label, words, why };
}

/** A sentence. */
export function note(at: number, words: string): Unnumbered<NoteStep> {
  return { kind: 'note', lane: 'notes', at: ms(at), basis: 'observed', words };
}

/** A story of these steps, numbered. */
export function told(
  actors: readonly Actor[],
  steps: readonly (Unnumbered<ArrowStep> | Unnumbered<MarkStep> | Unnumbered<NoteStep>)[],
  connections: readonly JoinedConnection[] = [],
): Story {
  return { title: 'a story', startedAtMs: 0, actors, connections, steps: steps.map((step, i) => ({ ...step, number: i + 1 })) };
}

/** A connection of the story. */
export function connection(id: string, client: string, server: string, scheme: JoinedConnection['scheme'] = 'udp'): JoinedConnection {
  return {
    id,
    scheme,
    codec: 'frames',
    client,
    server,
    clientAddress: `${scheme}://127.0.0.1:40001`,
    serverAddress: `${scheme}://127.0.0.1:4000`,
    ends: [],
  };
}

const hs = (part: number): Partial<ArrowStep> => ({ lane: 'segments', phase: `handshake ${part}/3` });

/** A handshake over UDP and a few messages, with losses and delays. */
export const LOSSY = told(
  [actor('Bar'), actor('server', 'server')],
  [
    note(0, 'Option 1. Every answer names the question that it answers, so that neither side can mistake one for another.'),
    mark('bar', 0, 'dialling', 'udp://127.0.0.1:4000', 'The client asks its transport for a connection.'),
    arrow('bar->server', 0.01, 'SYN', 'I am 4f2a91, padded to 1,200 bytes', {
      ...hs(1),
      why: 'The client opens; the padding makes the answer smaller than the question, so nobody is flooded through the server.',
    }),
    arrow('server->bar', 0.31, 'COOKIE', 'you will be 77ab03 here', {
      ...hs(2),
      why: 'The server keeps nothing yet: whoever brings the cookie back has shown its address.',
    }),
    arrow('bar->server', 0.5, 'CONNECT', 'cookie •••, DATA segment 0: HELLO', {
      ...hs(3),
      why: 'The cookie comes back: from here on there is a connection.',
    }),
    mark('server', 0.62, 'accepted', 'from udp://127.0.0.1:40001'),
    arrow('server->bar', 0.9, 'PROMPT', '#1 menu: Hello client, please choose an option:', {
      why: 'The menu comes unasked as soon as a connection stands.',
    }),
    arrow('bar->server', 1.2, 'ANSWER', '#1 menu: 1'),
    arrow('bar->server', 2, 'DATA', 'segment 1, 24 bytes', { lane: 'segments', outcome: 'lost', why: 'The link loses it.' }),
    arrow('bar->server', 30, 'DATA', 'segment 1, 24 bytes', {
      lane: 'segments',
      took: 25,
      repeats: { step: 9, segment: 1, cause: 'probe' },
      why: 'No acknowledgement came in time, so a probe repeats what is oldest.',
    }),
    arrow('bar->server', 31, 'DATA', 'segment 2, 24 bytes', { lane: 'segments', took: 25.5 }),
    arrow('server->bar', 32, 'MESSAGE', 'number 1, client12: Hi', { took: 25 }),
    arrow('bar->server', 33, 'DATA', 'segment 3', { lane: 'segments', took: 20, outcome: 'corrupted' }),
    arrow('bar->server', 60, 'DATA', 'segment 1', { lane: 'segments', outcome: 'duplicate' }),
    arrow('bar->server', 61, 'BYE', 'exit', { outcome: 'unseen', phase: 'closing' }),
  ],
  [connection('c1', 'bar', 'server')],
);

/** A group of three and the server. */
export const GROUP = told(
  [actor('Bar'), actor('client12'), actor('client20'), actor('server', 'server')],
  [
    arrow('bar->server', 1, 'SAY', 'message 1: Hi friends', { why: 'Bar says something to its group.' }),
    arrow('server->bar', 1.3, 'ACCEPTED', 'message 1 is number 1 in the group', { why: 'The group’s log has the message.' }),
    arrow('server->client12', 1.31, 'MESSAGE', 'number 1, Bar: Hi friends', { connection: 'c2', why: 'Every other member gets it.' }),
    arrow('server->client20', 1.32, 'MESSAGE', 'number 1, Bar: Hi friends', { connection: 'c3' }),
    mark('client12', 1.6, 'closed', 'by remote'),
    arrow('client20->server', 2, 'SAY', 'message 1: Welcome, new client. And a very long text that has no room on any arrow at all', {
      connection: 'c3',
    }),
    arrow('server->bar', 2.3, 'MESSAGE', 'number 2, client20: Welcome, new client.', { took: 0.3 }),
    arrow('bar->server', 2.35, 'LEAVE', '', { took: 0.1 }),
  ],
  [connection('c1', 'bar', 'server', 'tcp'), connection('c2', 'client12', 'server', 'tcp'), connection('c3', 'client20', 'server', 'tcp')],
);

/** Names and words that try to do harm to a row. */
export const NASTY = told(
  [actor('נועה'), actor('田中さん'), actor('👩‍👩‍👧 fam'), actor('\x1b[31mred', 'client', 'red'), actor('server', 'server')],
  [
    arrow('נועה->server', 1, 'SAY', 'message 1: שלום 12 חברים!'),
    arrow('server->田中さん', 1.3, 'MESSAGE', 'number 1, נועה: 你好，世界'),
    arrow('red->server', 1.5, 'SAY', '\x1b]0;owned\x07 \u202eevil\u202c'),
    arrow('server->👩‍👩‍👧 fam', 2, 'MESSAGE', '🎉🎉 café'),
  ],
);
