/*
 * The screen of a group: what was told above, and below it the line that is being typed, which nothing that
 * arrives can break. Puts line editor and painter together; what a line means is not its business.
 */
import type { Readable } from 'node:stream';
import { cleanLine, type Membership } from '../../lib/index.js';
import { editLines } from './line-editor.js';
import { Painter } from './painter.js';
import type { Entry } from './transcript.js';

/** What the screen tells. */
export interface ChatScreenEvents {
  line(text: string): void;
  leave(): void;
}

/** The screen of a group. */
export interface ChatScreen {
  /** Tells something, above what is being typed. */
  tell(entry: Entry): void;
  /** Says below what goes on; nothing: all is well. */
  setStatus(status: string | undefined): void;
  close(): void;
}

const COMMANDS = ['/help', '/who', '/leave', '/quit'];

/**
 * Opens the screen of a group.
 * @param keys what the person types
 * @param told everything that was told so far, and where the caller adds what it tells
 * @param history lines of the past, the newest first; new ones are added
 */
export function openChatScreen(
  { group }: Membership,
  keys: Readable,
  { told, history }: { readonly told: readonly Entry[]; readonly history: string[] },
  { line, leave }: ChatScreenEvents,
): ChatScreen {
  const { stdout } = process;
  let status: string | undefined;
  const prompt = `#${cleanLine(group)} › `;
  const painter = new Painter(stdout, told, () => ({ prompt, line: editor.line, cursor: editor.cursor, status }));
  const editor = editLines(keys, history, COMMANDS, {
    line,
    leave,
    changed: () => painter.update(),
    repaint: () => painter.repaint(),
  });
  const resized = () => painter.repaint();
  stdout.on('resize', resized);
  painter.update();
  return {
    tell: (entry) => painter.tell(entry),
    setStatus(text) {
      status = text;
      painter.update();
    },
    close() {
      stdout.off('resize', resized);
      editor.close();
      painter.close();
    },
  };
}
