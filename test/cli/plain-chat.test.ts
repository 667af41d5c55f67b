/* `chatwire chat` through a pipe: plain lines in and out, as a script uses it. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { firstValueFrom } from 'rxjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ChatClient } from '../../lib/index.js';
import { node } from '../../transports/node.js';
import { breakable } from './breakable.js';
import { chatServer, closeCompany, company, PASSWORD } from './company.js';
import { closePiped, Piped, run } from './piped.js';

test.after.each(async () => {
  await closePiped();
  await closeCompany();
});

const MENU = 'Hello client, please choose an option:\n1. Connect to a group chat.\n2. Create a group chat.\n3. Exit the server.\n';
const JOINING = `${MENU}Enter your name:\nEnter group ID:\nEnter password:\n`;

test('option 1: a script joins, says something and leaves', async () => {
  const { address, group, dana } = await company();
  const heard = firstValueFrom(dana.messages$);
  const outcome = await run(['chat', address], '1', 'Bar', group, PASSWORD, 'Hi friends');
  assert.equal(outcome, { code: 0, stdout: `${JOINING}You're connected to group chat #${group}\nGoodbye.\n`, stderr: '' });
  const { sender, text } = await heard;
  assert.equal([sender, text], ['Bar', 'Hi friends']);
});

test('option 2: a script creates a group, and the commands are those of the text door', async () => {
  const { address } = await chatServer();
  const lines = ['/help', '2', 'Dana', PASSWORD, 'one', '//two', '/who', '/nope', '', '/leave', '3', 'too late'];
  const { code, stdout, stderr } = await run(['chat', address], ...lines);
  const group = /#(\d+)/.exec(stdout)?.[1];
  const help =
    '/who    who is in the group\n/leave  back to the menu\n/quit   leave the server\n//...   say something that begins with a slash\n';
  const asked = `${MENU}${help}Enter your name:\nEnter password:\n`;
  const inGroup = `Your new group chat is #${group}\nYou're connected to group chat #${group}\n  Dana\n`;
  const after = `There is no /nope; /help tells the commands, // says a slash.\n${MENU}Goodbye.\n`;
  assert.equal({ code, stdout, stderr }, { code: 0, stdout: asked + inGroup + after, stderr: '' });
});

test('option 3, and /quit: goodbye', async () => {
  const { address } = await chatServer();
  const goodbye = { code: 0, stdout: `${MENU}Goodbye.\n`, stderr: '' };
  assert.equal(await run(['chat', address], '3'), goodbye);
  assert.equal(await run(['chat', address], '/quit'), goodbye);
  assert.equal(await run(['chat', address], '1', '/quit'), { ...goodbye, stdout: `${MENU}Enter your name:\nGoodbye.\n` });
});

test('the input ends before a group is reached: a script is told so, by a sentence and exit code 3', async () => {
  const { address } = await chatServer();
  const ended = (at: string) => `chatwire: The input ended at "${at}", before a group was reached.\n`;
  const menu = ended('Hello client, please choose an option:');
  assert.equal(await run(['chat', address]), { code: 3, stdout: `${MENU}Goodbye.\n`, stderr: menu });
  const missing = await run(['chat', address], '1', 'Bar', '8888', '1234', 'Hi friends');
  const refused = 'Wrong group ID or password.\nEnter group ID:\n';
  assert.equal(missing, { code: 3, stdout: `${JOINING}${refused}Enter password:\nGoodbye.\n`, stderr: ended('Enter password:') });
  const wrong = await run(['chat', address], '1', 'Bar', '8888', '1234');
  assert.equal(wrong, { code: 3, stdout: `${JOINING}${refused}Goodbye.\n`, stderr: ended('Enter group ID:') });
  const back = await run(['chat', address], '1', '/leave');
  assert.equal(back, { code: 3, stdout: `${MENU}Enter your name:\n${MENU}Goodbye.\n`, stderr: menu });
});

test('once it was in a group, the end of the input at the menu is well; at a refused question it is not', async () => {
  const { address, group } = await company();
  const there = ['1', 'Bar', group, PASSWORD, '/leave'];
  assert.is((await run(['chat', address], ...there)).code, 0);
  assert.is((await run(['chat', address], ...there, '7')).code, 3);
  assert.is((await run(['chat', address], ...there, '1', 'Bar')).code, 3);
  assert.is((await run(['chat', address], ...there, '7', '/quit')).code, 0);
});

test('three wrong answers: the reasons on stdout, the end on stderr, exit code 1', async () => {
  const { address, group } = await company();
  const { code, stdout, stderr } = await run(['chat', address], '4', '1', 'Bar', group, 'wrong', 'nowhere', 'wrong', 'never', 'asked');
  const refused = 'Wrong group ID or password.\n';
  assert.is(stdout, `${MENU}Please choose 1, 2 or 3.\n${JOINING}${refused}Enter group ID:\nEnter password:\n${refused}`);
  assert.equal([code, stderr], [1, 'chatwire: Too many wrong answers. Goodbye.\n']);
});

test('what the others say and do comes as lines, cleaned', async () => {
  const { address, group, dana } = await company();
  const chat = new Piped(['chat', address]).say('1', 'Bar', group, PASSWORD);
  await chat.until("You're connected");
  await dana.say('Hello\x1b[2J,\nhow are you?');
  const noam = new ChatClient(node, address, { reconnect: false });
  await noam.join({ name: 'Noam', group, password: PASSWORD });
  await noam.exit();
  await chat.until('Noam left the group');
  const { code, stdout } = await chat.finish();
  const heard = 'Dana: Hello␛[2J,\n  | how are you?\n* Noam joined the group\n* Noam left the group\n';
  assert.equal([code, stdout], [0, `${JOINING}You're connected to group chat #${group}\n${heard}Goodbye.\n`]);
});

test('a message that is too long is refused, the next one is not; the exit code is 4', async () => {
  const { address, group, dana } = await company();
  const heard = firstValueFrom(dana.messages$);
  const outcome = await run(['chat', address], '1', 'Bar', group, PASSWORD, 'x'.repeat(4001), 'short');
  const why = 'A message has at most 4000 characters.\n';
  assert.equal([outcome.code, outcome.stderr], [4, `chatwire: A line was not taken: ${why}`]);
  assert.match(outcome.stdout, why);
  assert.is((await heard).text, 'short');
});

test('a line that is not UTF-8 is refused wherever it comes, and counts among those not taken', async () => {
  const { address, group, dana } = await company();
  const heard = firstValueFrom(dana.messages$);
  const chat = new Piped(['chat', address]).say('1');
  chat.program.stdin.write(Buffer.from('Bär\n', 'latin1'));
  chat.say('Bar', group, PASSWORD);
  chat.program.stdin.write(Buffer.from('Z\xff\n', 'latin1'));
  const { code, stdout, stderr } = await chat.say('Grüße \u2028 漢字').finish();
  const why = 'That line is not UTF-8 text; nothing of it was taken.\n';
  assert.equal([code, stderr], [4, `chatwire: 2 lines were not taken; the first: ${why}`]);
  assert.is(stdout.split(why).length, 3);
  assert.is((await heard).text, 'Grüße \u2028 漢字');
});

test('many lines at once are all accepted, in order', async () => {
  const { address, group, dana } = await company({ messagesPerSecond: 100_000, messageBurst: 100_000 });
  const heard: string[] = [];
  dana.messages$.subscribe(({ text }) => heard.push(text));
  const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}`);
  const { code } = await run(['chat', address], '1', 'Bar', group, PASSWORD, ...lines);
  assert.is(code, 0);
  assert.equal(heard, lines);
});

test('nobody listens there: one sentence, exit code 1', async () => {
  const unused = createServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const address = `tcp://127.0.0.1:${(unused.address() as AddressInfo).port}`;
  await new Promise((resolve) => unused.close(resolve));
  const told = `chatwire: Nobody listens at ${address}: start the server first, or check the address.\n`;
  assert.equal(await run(['chat', address], '1', 'Bar'), { code: 1, stdout: '', stderr: told });
});

test('nobody reads on (chat | head): it leaves the server', async () => {
  const { address, group, server } = await company();
  const chat = new Piped(['chat', address]).say('1', 'Bar', group, PASSWORD);
  await chat.until("You're connected");
  chat.program.stdout.destroy();
  const left = new Promise<void>((resolve) => {
    server.events$.subscribe((event) => event.type === 'left' && event.name === 'Bar' && resolve());
  });
  chat.say('/who', '/who');
  await left;
  assert.is((await chat.ended).code, 0);
});

test('the session is lost: a script stops there, since its lines would answer other questions', async () => {
  const { server, address, group } = await company();
  const chat = new Piped(['chat', address]).say('1', 'Bar', group, PASSWORD);
  await chat.until("You're connected");
  await server.close({ graceMs: 0 });
  await chat.until('The server was shut down; trying again in');
  chat.say('2', 'not a name', 'not a password'); // what it would have said to the group
  await chatServer(address);
  await chat.until('chatwire: '); // although its input goes on
  const { code, stdout, stderr } = await chat.ended;
  assert.is(code, 1);
  assert.match(stderr, /\nchatwire: The session was lost with the connection; nothing more of the input was sent\.\n$/);
  assert.is(stdout.split(MENU).length, 2);
  assert.not.match(stdout, 'Your new group chat');
});

test('the connection is lost at a question: a script stops there, too', async () => {
  const { address } = await chatServer();
  const way = await breakable(address);
  const chat = new Piped(['chat', way.address]).say('1');
  await chat.until('Enter your name:');
  await way.break();
  await chat.until('Connection lost');
  await way.mend();
  await chat.say('2').until('chatwire: ');
  const { code, stdout, stderr } = await chat.ended;
  await way.break();
  assert.equal([code, stdout.split(MENU).length], [1, 2]);
  assert.match(stderr, 'chatwire: The session was lost with the connection; nothing more of the input was sent.\n');
});

test.run();
