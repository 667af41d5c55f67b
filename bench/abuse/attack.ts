/*
 * What an attack of the abuse benchmark is: something done to a server from the load process, over raw sockets, while an
 * innocent group elsewhere on the same server goes on talking. Attacks know ports and wires, no peer's code.
 */
import { readFileSync } from 'node:fs';
import type { Wire } from '../fanout/peer.js';

/** Where an attack strikes. */
export interface Target {
  readonly port: number;
  /** Where lines of text are read; the same port, unless they have one of their own. */
  readonly linePort: number;
  readonly wire: Wire;
  /** A group of the attackers' own; the innocent are in another. */
  readonly group: string;
}

/** What is worth telling of an attack, by name. */
export type Outcome = Readonly<Record<string, number>>;

export interface Attack {
  /** For how long it is kept up. */
  readonly seconds: number;
  /** Begins; the function that it returns ends it and drops its connections. */
  start(target: Target): Promise<() => Outcome>;
}

const established = '01';
const hexPort = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');

/**
 * Whether the server still holds its end of a connection, by the kernel's table: a client that does not read is never told
 * that it was cut off. Only on Linux; elsewhere it answers yes.
 */
export function serverHolds(serverPort: number, clientPort: number): boolean {
  try {
    const rows = readFileSync('/proc/net/tcp', 'latin1').split('\n');
    return rows.some((row) => {
      const [, local, remote, state] = row.trim().split(/\s+/);
      return (
        state === established && local?.endsWith(`:${hexPort(serverPort)}`) === true && remote?.endsWith(`:${hexPort(clientPort)}`) === true
      );
    });
  } catch {
    return true;
  }
}
