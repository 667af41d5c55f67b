/*
 * Two of the pictures that show a server, made again byte for byte: that with most programs in it, and the one whose last
 * lines come by themselves. They need the ports that they show.
 */
import { createServer } from 'node:net';
import { test } from 'uvu';
import { TEXT_PORT } from '../../../docs/picture/scene.js';
import { needsTool } from '../../tool.js';
import { isAsKept } from './kept.js';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
const areFree = (await isFree(4000)) && (await isFree(Number(TEXT_PORT)));
if (!areFree && process.env.CI !== undefined) throw new Error('Ports 4000 and 4001 are taken.');
const withPorts = areFree ? test : test.skip;
const withNc = needsTool('nc') ? withPorts : test.skip;

withNc('nc is drawn as it is kept (if not: npm run figures)', () => isAsKept('nc'));
withPorts('vanished is drawn as it is kept (if not: npm run figures)', () => isAsKept('vanished'));

test.run();
