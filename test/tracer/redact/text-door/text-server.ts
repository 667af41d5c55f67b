/*
 * A server at the plain-text door without a socket and a group: the real session and the real codec, answered at once.
 * What it says to a script is what the real one says.
 */
import { ServerSession } from '../../../../lib/session/server-session.js';
import type { SessionOutput } from '../../../../lib/session/session-requests.js';
import { ByteWriter } from '../../../../lib/wire/bytes.js';
import { textCodec } from '../../../../lib/wire/codec.js';

/** A server that knows one group, and one name in it, Taken. */
export interface TextServer {
  /** Takes what the client says; gives what the server says to that, a chunk for each thing that it took. */
  take(chunk: Uint8Array | 'end'): Uint8Array[];
}

/** Opens it; the first chunk is the opening question. */
export function textServer(password: string, group = '8888'): TextServer {
  const session = new ServerSession({ expectsHello: false });
  const decoder = textCodec.newDecoder();
  let said: Uint8Array[] = [];
  let over = false;

  function perform(outputs: readonly SessionOutput[]): void {
    const writer = new ByteWriter();
    const later: SessionOutput[] = [];
    for (const output of outputs) {
      if (output.do === 'send') textCodec.write(writer, output.saying);
      else if (output.do === 'end') over = true;
      else if (output.do === 'who')
        textCodec.write(writer, {
          type: 'MEMBERS',
          members: [
            { name: 'Bar', here: 'yes' },
            { name: 'Taken', here: 'no' },
          ],
          last: 'yes',
        });
      else later.push(output);
    }
    if (writer.length > 0) said.push(writer.written().slice());
    for (const output of later) settle(output);
  }

  function settle(output: SessionOutput): void {
    const wrong = { type: 'refused', code: 'wrong-credentials', counts: true } as const;
    if (output.do === 'verify')
      perform(session.settle(output.group === group && output.password === password ? { type: 'verified' } : wrong));
    if (output.do === 'create') perform(session.settle({ type: 'created', group }));
    if (output.do !== 'enter') return;
    const { name } = output;
    const frame = {
      type: 'JOINED',
      group: output.group,
      name,
      members: 2,
      nextSequence: 1,
      token: new Uint8Array(0),
      resumed: 'no',
    } as const;
    perform(session.settle(name === 'Taken' ? { type: 'name-taken' } : { type: 'joined', frame }));
  }

  perform(session.start());
  return {
    take(chunk) {
      if (chunk === 'end') decoder.end();
      else decoder.push(chunk);
      for (let input = decoder.next(session.asked); input && !over; input = decoder.next(session.asked)) perform(session.receive(input));
      const now = said;
      said = [];
      return now;
    },
  };
}
