/* Every frame of every example over udp, in the real tshark. A file for each transport: a file has a time limit. */
import { test } from 'uvu';
import { needsTool } from '../../../tool.js';
import { everyFrameOverTransport } from './every-frame.js';

const withTshark = needsTool('tshark') ? test : test.skip;

withTshark('every frame of every example over udp', () => everyFrameOverTransport('udp'));

test.run();
