/*
 * What happens on the server, one line an event, for the person who runs it. Names and texts come from
 * clients: they are cleaned, and a message is told by its length unless one asks for more.
 */
import chalk from 'chalk';
import { cleanLine, type ServerEvent } from '../../lib/index.js';
import { clockTime } from '../screen/clock-time.js';
import { asWarning, inColourOf } from '../screen/colours.js';

/** An event as a line. `showMessages`: with what was said, not only how long it was. */
export function eventLine(event: ServerEvent, time: Date, { showMessages = false }: { readonly showMessages?: boolean } = {}): string {
  return `${chalk.dim(`${clockTime(time, 'seconds')}  ${event.session.padEnd(8)}`)}  ${whatHappened(event, showMessages)}`;
}

function whatHappened(event: ServerEvent, showMessages: boolean): string {
  switch (event.type) {
    case 'connected':
      return `came from ${cleanLine(event.remote)}${event.codec === 'text' ? ' by the text door' : ''}`;
    case 'created':
      return `${named(event)} created group ${event.group}`;
    case 'joined':
      return `${named(event)} joined group ${event.group}, now ${counted(event.members, 'member')}`;
    case 'said':
      return `${named(event)} said to group ${event.group}: ${showMessages ? cleanLine(event.text) : lengthOf(event.text)}`;
    case 'left':
      return `${named(event)} left group ${event.group}`;
    case 'lost':
      return `${named(event)} lost the connection; the seat in group ${event.group} is kept`;
    case 'resumed':
      return `${named(event)} is back in group ${event.group}${event.gap ? ', some messages were missed' : ''}`;
    case 'rejected':
      return asWarning(`rejected: ${event.code}`);
    case 'trouble':
      return asWarning(`trouble: ${cleanLine(event.text)}`);
    case 'closed':
      return `closed: ${event.reason}`;
  }
}

function named({ name }: { readonly name: string }): string {
  return inColourOf(name, cleanLine(name));
}

function lengthOf(text: string): string {
  return `(${counted([...text].length, 'character')})`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
