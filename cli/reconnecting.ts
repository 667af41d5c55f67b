/* What a person is told while the client tries to come back, and once it has. */
import type { Membership, Reconnecting } from '../lib/index.js';

/** What goes on while the connection is lost. */
export function reconnectingSentence({ attempt, delayMs, wasShutDown }: Reconnecting): string {
  const seconds = delayMs < 1000 ? (delayMs / 1000).toFixed(1) : Math.round(delayMs / 1000);
  return `${wasShutDown ? 'The server was shut down' : 'Connection lost'}; trying again in ${seconds} s ...${attempt > 1 ? ` (try ${attempt})` : ''}`;
}

/** That it is back; nothing if it was not away. */
export function backSentence({ resumed }: Membership): string | undefined {
  switch (resumed) {
    case 'no':
      return undefined;
    case 'whole':
      return 'Back; nothing was missed.';
    case 'gap':
      return 'Back, but some messages were missed.';
  }
}
