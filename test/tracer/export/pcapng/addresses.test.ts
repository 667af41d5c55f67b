/* Addresses in numbers: every way to write an IPv6 address, and what is none. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, ipBytes } from '../../../../tracer/export/pcapng/addresses.js';

const hex = (host: string) => Buffer.from(ipBytes(host) ?? []).toString('hex');

test('IPv4 and IPv6 addresses as bytes', () => {
  assert.is(hex('127.0.0.1'), '7f000001');
  assert.is(hex('localhost'), '7f000001');
  assert.is(hex('::'), '0'.repeat(32));
  assert.is(hex('::1'), `${'0'.repeat(31)}1`);
  assert.is(hex('fe80::1:2%eth0'), 'fe800000000000000000000000010002');
  assert.is(hex('2001:db8::'), `20010db8${'0'.repeat(24)}`);
  assert.is(hex('1:2:3:4:5:6:7:8'), '00010002000300040005000600070008');
  assert.is(hex('::ffff:192.0.2.1'), `${'0'.repeat(20)}ffffc0000201`);
});

test('what is no address has no bytes', () => {
  for (const host of ['example.org', '1:2:3', '1:2:3:4:5:6:7:8:9', '', '/tmp/x']) assert.is(ipBytes(host), undefined, host);
  assert.is(endpointOf('unix:/tmp/x'), undefined);
  assert.is(endpointOf('memory:lobby'), undefined);
  assert.equal(endpointOf('udp://[::1]:7'), { address: ipBytes('::1'), port: 7 });
});

test.run();
