/*
 * Records an example: a real server and real clients, with a tap at each, and the lesson's sentences between what was
 * seen. Nothing is printed; the tracer has views for what comes of it.
 */

import { memorySink, type Recorder, recorder } from '../../tracer/record/index.js';
import type { Trace, TraceSink } from '../../tracer/trace/trace.js';
import type { FaultFlags } from '../../transports/link/index.js';
import { node } from '../../transports/node.js';
import type { UdpFlags } from '../../transports/udp/index.js';
import type { Teller } from './narrator.js';
import type { Machine } from './network.js';
import { DEFAULT_TRANSPORT, perform } from './perform.js';
import type { Example, Ready } from './stage.js';

/** How an example is recorded. */
export interface Recording {
  readonly transport?: string | undefined;
  readonly faults?: FaultFlags | undefined;
  readonly udp?: UdpFlags | undefined;
  /** With what it is made: versions and machine, in words. */
  readonly madeBy: string;
  /** Default false. */
  readonly showSecrets?: boolean;
  /** Default: this computer. One in virtual time has the faults already, and runs the recording (transports/virtual). */
  readonly machine?: Machine | undefined;
  /** By which name or number of this computer clients dial, where the transport has hosts. Default: 127.0.0.1. */
  readonly hostName?: string | undefined;
  /** Awaited once the server listens, before anybody dials: somebody else who looks on gets ready. */
  readonly ready?: Ready | undefined;
  /** Awaited when the lesson is over, before the server closes. */
  readonly afterwards?: (() => Promise<void>) | undefined;
  /** Sees each event as it is recorded. */
  readonly live?: TraceSink | undefined;
  /** Stands before the recorder, and says when it is told what. Default: at once. */
  readonly before?: ((recorder: Recorder) => Recorder) | undefined;
  /** Told when something is made ready that belongs to no picture, and when that is over. */
  readonly preparing?: ((is: boolean) => void) | undefined;
}

/**
 * Performs an example and records it. What its groups did before the lesson began is in the trace, and its header says
 * that it belongs to no picture.
 * @throws {TransportError} as `perform` does
 */
export async function record(
  example: Example,
  { faults, udp, madeBy, hostName, machine, showSecrets = false, ready, afterwards, live, before, preparing, ...asked }: Recording,
): Promise<Trace> {
  const transport = asked.transport ?? example.transport ?? DEFAULT_TRANSPORT;
  const { clock } = machine?.host ?? node;
  const startedAtMs = clock.now();
  const sink = memorySink();
  const title = `${example.name} over ${transport}`;
  const bare = recorder({
    ...{ title, source: machine ? 'virtual' : 'taps', madeBy, startedAtMs, showSecrets },
    sink: {
      event(event) {
        sink.event(event);
        live?.event(event);
      },
    },
  });
  const recording = before?.(bare) ?? bare;
  const note = (sentence: string) => recording.note(sentence, clock.now());
  let shownFromNs: number | undefined;
  const teller: Teller = {
    event: () => {},
    title: (_title, sentence) => note(sentence),
    explain: note,
    tally(rows) {
      for (const { count, what } of rows) note(`${count} ${what}`);
    },
    beat: () => {},
    prepare: () => preparing?.(true),
    skip() {
      preparing?.(false);
      shownFromNs = Math.round((clock.now() - startedAtMs) * 1e6);
    },
  };
  await perform(example, {
    transport,
    faults,
    udp,
    teller,
    hostName,
    machine,
    ready,
    afterwards,
    watch: (participant) => recording.tap(participant),
  });
  recording.flush();
  return { header: { ...recording.header, ...(shownFromNs !== undefined && { shownFromNs }) }, events: sink.events };
}
