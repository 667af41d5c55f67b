/*
 * What the kernels say to each other, told by inference.
 */

import { whySignal } from '../../explain/streams.js';
import type { ArrowDraft, SignalContent } from '../model.js';
import type { Told } from './told.js';

const NO_BYTES = new Uint8Array(0);
const WORDS: Readonly<Record<SignalContent['signal'], string>> = {
  SYN: 'may I connect? (inferred)',
  'SYN-ACK': 'yes, and may I? (inferred)',
  ACK: 'yes; the connection stands (inferred)',
  FIN: 'no more bytes from here (inferred)',
  END: 'no more bytes from here',
  RST: 'the connection is dropped (inferred)',
};
const PHASES: Readonly<Record<SignalContent['signal'], string>> = {
  SYN: 'handshake 1/3',
  'SYN-ACK': 'handshake 2/3',
  ACK: 'handshake 3/3',
  FIN: 'closing',
  END: 'closing',
  RST: 'closing',
};

/** Tells a signal. */
export function tellSignal({ joint }: ArrowDraft, { signal, refused = false }: SignalContent): Told {
  const proxied = joint.near !== undefined;
  const refusal = `refused${proxied ? ' to the proxy' : ''}: nobody listens there (inferred)`;
  return {
    label: signal,
    words: refused ? refusal : WORDS[signal],
    phase: refused ? 'handshake refused' : PHASES[signal],
    why: whySignal(signal, { scheme: joint.scheme, refused, proxied }),
    bytes: NO_BYTES,
    masks: [],
  };
}
