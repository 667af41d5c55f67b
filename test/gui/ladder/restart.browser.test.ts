/*
 * The ladder in Chromium while its server ends and another begins: what was asked of the old trace is not asked of the new.
 */
import * as assert from 'uvu/assert';
import { ChatClient } from '../../../lib/index.js';
import { node } from '../../../transports/node.js';
import { browserSuite } from '../browser-suite.js';
import { assertAccessible, PASSWORD, servePage } from '../chat-page.js';

const { suite, test, browser } = browserSuite('the ladder and a server that is started anew');

async function createGroupAt(address: string, name: string): Promise<void> {
  const client = new ChatClient(node, address, { reconnect: false });
  await client.create({ name, password: PASSWORD });
  await client.exit();
}

test('a filter for a connection of the old run is cleared, and that is said', async () => {
  const first = await servePage({ flags: ['--trace'] });
  const port = Number(new URL(first.link).port);
  await createGroupAt(first.at.tcp as string, 'Dana');
  const { page } = await browser.open(`${first.link}ladder`, { viewport: { width: 1280, height: 740 } });
  const status = page.locator('.ladder-status');
  await page.getByRole('option', { name: /Dana → server: HELLO/ }).waitFor();
  await page.getByRole('button', { name: 'Filter' }).click();
  const connection = page.getByRole('combobox', { name: 'Connection' });
  await connection.selectOption('c1');
  await page.getByLabel('Types').fill('HELLO');
  await status.filter({ hasText: /live · 1 of / }).waitFor();

  first.serve.program.kill('SIGTERM');
  await first.serve.ended;
  await status.filter({ hasText: 'connection lost, trying again' }).waitFor();
  const second = await servePage({ port, flags: ['--trace'] });
  for (const name of ['Bar', 'Cid']) await createGroupAt(second.at.tcp as string, name);
  await page.getByText('the filter for c1 of the one before was cleared').waitFor();
  assert.is(await connection.inputValue(), '');
  assert.is(await page.getByLabel('Types').inputValue(), 'HELLO', 'a question that fits any trace stays');
  await status.filter({ hasText: /live · 2 of / }).waitFor();
  await assertAccessible(page);
});

suite.run();
