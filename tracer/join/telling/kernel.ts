/*
 * A packet between the kernels, told: its numbers as Wireshark shows them, from 0, and what it carries.
 */
import { cleanLine } from '../../../lib/wire/clean.js';
import { whyKernel } from '../../explain/kernel.js';
import { labelOf } from '../below.js';
import type { ArrowDraft, KernelContent } from '../model.js';
import { bytesInWords, grouped } from './amounts.js';
import type { Told } from './told.js';

/** Tells a packet. */
export function tellKernel({ way }: ArrowDraft, { event }: KernelContent): Told {
  const { flags, seq, ack, window, options = [], again = false, names = [], bytes, masks } = event;
  const label = labelOf(event);
  const phase = flags && phaseOf(label, seq, ack, way === 'up');
  const isData = flags !== undefined && bytes.length > 0;
  const numbers = [
    seq === undefined ? '' : `seq ${grouped(seq)}`,
    ack === undefined ? '' : `ack ${grouped(ack)}`,
    window === undefined ? '' : `win ${grouped(window)}`,
    isData ? bytesInWords(bytes.length) : '',
  ];
  const inside = names.length > 0 ? `(${names.join(', ')})` : '';
  const words = [
    ...numbers,
    inside,
    options.filter((option) => option !== 'timestamps' || flags?.includes('SYN')).join(', '),
    again ? 'again' : '',
    event.basis === 'inferred' ? '(inferred)' : '',
  ];
  return {
    label,
    words: cleanLine(words.filter((text) => text !== '').join(' ')),
    ...(phase !== undefined && { phase }),
    why: whyKernel({ label, flags, isData, again, isThird: phase === 'handshake 3/3' }),
    bytes,
    masks,
  };
}

function phaseOf(label: string, seq: number | undefined, ack: number | undefined, isUp: boolean): string | undefined {
  if (label === 'SYN') return 'handshake 1/3';
  if (label === 'SYN-ACK') return 'handshake 2/3';
  if (label === 'ACK' && isUp && seq === 1 && ack === 1) return 'handshake 3/3';
  return /FIN|RST/.test(label) ? 'closing' : undefined;
}
