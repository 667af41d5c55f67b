/*
 * The picture at the top of README.md: a server, two members at their screens, each in a pseudo-terminal.
 */
import { writeFileSync } from 'node:fs';
import { closeTerminals } from '../../test/cli/pseudo-terminal.js';
import { founder, member, say, screenOf, server, serverScreen } from './scene.js';
import { drawShots } from './terminal-svg.js';

/** Draws it. */
export async function drawChat(file: string): Promise<void> {
  const serving = await server();
  const ann = await founder('Ann');
  const bar = await member('Bar');
  await say(bar, 'Hi friends', ann);
  await say(ann, 'Hello, how are you? 😀', bar);
  await say(bar, 'Fine. Does the group hear every message just once, and in one order?', ann);
  await say(ann, 'Yes: each has a number, and the server acknowledges it.', bar);
  await serving.until((screen) => screen.split('characters').length > 4);
  const description = 'Two terminals: chatwire serve tells who comes and what happens; Bar chats with Ann.';
  writeFileSync(file, drawShots(description, [serverScreen(serving), screenOf(bar)]));
  await closeTerminals();
}
