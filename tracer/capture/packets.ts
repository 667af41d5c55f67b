/*
 * Captures what goes over loopback from and to some ports, by a program that may: tcpdump, or else dumpcap. What it writes
 * is read here as it comes and goes nowhere else, since it holds passwords.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { type CapturedPacket, pcapReader } from '../kernel/index.js';
import { CAPTURE_TOOLS, type CaptureTool, LOOPBACK, noCaptureTool, whyNoCapture } from './capture-tools.js';
import { findProgram } from './find-program.js';
import { type Marker, marker } from './mark.js';

/** A capture that goes on. */
export interface PacketCapture {
  /** The process that captures. */
  readonly pid: number | undefined;
  /** Resolves when all that was sent until now has come; false, if no more comes. */
  caughtUp(): Promise<boolean>;
  /** Ends it, once all that was sent until now has come. */
  stop(): Promise<Captured>;
}

/** What was captured. */
export interface Captured {
  readonly packets: readonly CapturedPacket[];
  /** Why it may not be all, in a sentence. */
  readonly problem: string | undefined;
}

/** Something cannot be had here: a sentence that says what, and how to get it. */
export interface Unavailable {
  readonly unavailable: string;
}

/** A mark is sent again as long as none was seen. */
const MARK_EVERY_MS = 50;
/** So long the rest of a capture is waited for. */
const PATIENCE_MS = 10_000;
/** More is not kept: a capture of a lesson has a few hundred. */
const MOST_PACKETS = 500_000;

type Tool = ChildProcessByStdio<null, Readable, Readable>;

/** What is captured. */
export interface CaptureOptions {
  readonly ports: readonly number[];
  /** Takes each packet as it comes; then none is kept. */
  readonly onPacket?: (packet: CapturedPacket) => void;
  /** Finds a program. Default: on the path. */
  readonly find?: (name: string) => string | undefined;
}

/** Begins to capture; resolves when it goes on, or when it is clear that it cannot. */
export async function capturePackets({ ports, onPacket, find = findProgram }: CaptureOptions): Promise<PacketCapture | Unavailable> {
  const problems: string[] = [];
  for (const tool of CAPTURE_TOOLS) {
    const path = find(tool.name);
    if (path === undefined) continue;
    const marks = await marker();
    const filter = [...ports.map((port) => `port ${port}`), `udp port ${marks.port}`].join(' or ');
    // in a process group of its own: Ctrl-C in the terminal is for us, and we end the capture when all has come
    const child = spawn(path, tool.args(LOOPBACK, filter), { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const begun = await begin(tool, child, marks, onPacket);
    if (!('unavailable' in begun)) return begun;
    marks.close();
    problems.push(begun.unavailable);
  }
  return { unavailable: problems.join(' ') || noCaptureTool() };
}

async function begin(
  tool: CaptureTool,
  child: Tool,
  marks: Marker,
  onPacket: CaptureOptions['onPacket'],
): Promise<PacketCapture | Unavailable> {
  const reader = pcapReader();
  const packets: CapturedPacket[] = [];
  let said = '';
  let failed = '';
  let isOver = false;
  let onMark = () => {};
  let onOver = () => {};
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4096);
  });
  child.stdout.on('data', (piece: Buffer) => {
    for (const packet of reader.push(piece)) {
      if (marks.isIn(packet.bytes)) onMark();
      else if (onPacket) onPacket(packet);
      else if (packets.length < MOST_PACKETS) packets.push(packet);
    }
    if (reader.problem !== undefined) child.kill('SIGKILL');
  });
  child.once('error', (error) => {
    failed = error.message;
  });
  child.once('close', () => {
    isOver = true;
    onOver();
  });

  /** Resolves when a mark has come: all that was sent before it is here. False, if none comes any more. */
  const marked = () =>
    new Promise<boolean>((resolve) => {
      if (isOver) return resolve(false);
      const again = setInterval(marks.send, MARK_EVERY_MS);
      const late = setTimeout(() => done(false), PATIENCE_MS);
      const done = (came: boolean) => {
        clearInterval(again);
        clearTimeout(late);
        onMark = () => {};
        onOver = () => {};
        resolve(came);
      };
      onMark = () => done(true);
      onOver = () => done(false);
      marks.send();
    });

  if (!(await marked())) {
    child.kill('SIGKILL');
    return { unavailable: whyNoCapture(tool, failed || reader.problem || said) };
  }
  let asked: Promise<boolean> = Promise.resolve(true);
  const caughtUp = () => {
    asked = asked.then(marked); // one at a time
    return asked;
  };
  return {
    pid: child.pid,
    caughtUp,
    async stop() {
      const isWhole = await caughtUp();
      child.kill('SIGINT');
      await new Promise<void>((resolve) => {
        if (isOver) return resolve();
        const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
        onOver = () => {
          clearTimeout(late);
          resolve();
        };
      });
      marks.close();
      return {
        packets,
        problem: reader.problem ?? (isWhole ? droppedIn(said) : `${tool.name} ended before the run did: what came later was not seen.`),
      };
    },
  };
}

/** As tcpdump says it, and as dumpcap does. */
function droppedIn(said: string): string | undefined {
  const [, count = '0'] =
    /(\d+) packets? dropped by kernel/.exec(said) ?? /received\/dropped on interface '.*': \d+\/(\d+)/.exec(said) ?? [];
  return count === '0' ? undefined : `The kernel could not hand over ${count} packets in time; they are missing.`;
}
