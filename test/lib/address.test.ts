/*
 * Addresses: what is understood, what is refused with a sentence that helps, and that writing one and reading
 * it are the same thing.
 */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatHostPort, type HostPort, type ParsedAddress, parseAddress, parseHostPort } from '../../lib/address.js';
import { TransportError } from '../../lib/transport-error.js';

const good: readonly (readonly [text: string, parsed: ParsedAddress])[] = [
  ['tcp://127.0.0.1:4000', { codec: 'frames', scheme: 'tcp', address: 'tcp://127.0.0.1:4000' }],
  ['udp://[::1]:4000', { codec: 'frames', scheme: 'udp', address: 'udp://[::1]:4000' }],
  ['unix:/tmp/chatwire.sock', { codec: 'frames', scheme: 'unix', address: 'unix:/tmp/chatwire.sock' }],
  ['unix:///tmp/chatwire.sock', { codec: 'frames', scheme: 'unix', address: 'unix:/tmp/chatwire.sock' }],
  ['memory:lobby', { codec: 'frames', scheme: 'memory', address: 'memory:lobby' }],
  ['text+tcp://127.0.0.1:4001', { codec: 'text', scheme: 'tcp', address: 'tcp://127.0.0.1:4001' }],
  ['text+unix:/tmp/a b:c', { codec: 'text', scheme: 'unix', address: 'unix:/tmp/a b:c' }],
  ['my-own2:x', { codec: 'frames', scheme: 'my-own2', address: 'my-own2:x' }],
];

for (const [text, parsed] of good) test(`${text} is understood`, () => assert.equal(parseAddress(text), parsed));

for (const text of [
  '',
  '4000',
  '127.0.0.1',
  'tcp',
  'tcp:',
  'text+',
  'text+:x',
  '://x',
  'TCP://127.0.0.1:4000',
  'text+text+tcp://x:1',
  ' tcp://x:1',
  'text+http://127.0.0.1:8080', // nc and telnet speak no HTTP
]) {
  test(`${JSON.stringify(text)} is refused`, () => assert.throws(() => parseAddress(text), isUnsupported(text)));
}

const hosts: readonly (readonly [address: string, hostPort: HostPort])[] = [
  ['tcp://127.0.0.1:4000', { host: '127.0.0.1', port: 4000 }],
  ['tcp://127.0.0.1:4000/', { host: '127.0.0.1', port: 4000 }],
  ['text+tcp://localhost:0', { host: 'localhost', port: 0 }],
  ['udp://[::1]:65535', { host: '::1', port: 65535 }],
  ['tcp://[::ffff:127.0.0.1]:80', { host: '::ffff:127.0.0.1', port: 80 }],
  ['http://chat.example.org:8080', { host: 'chat.example.org', port: 8080 }],
];

for (const [address, hostPort] of hosts) test(`${address} has a host and a port`, () => assert.equal(parseHostPort(address), hostPort));

for (const address of [
  ...['tcp://127.0.0.1', 'tcp://:4000', 'tcp:127.0.0.1:4000', 'tcp://127.0.0.1:', 'tcp://127.0.0.1:-1', 'tcp://127.0.0.1:65536'],
  ...[
    'tcp://127.0.0.1:99999',
    'tcp://127.0.0.1:4e3',
    'tcp://::1:4000',
    'tcp://[::1]',
    'tcp://a@b:1',
    'tcp://a:1/path',
    'unix:/tmp/x',
    '4000',
  ],
]) {
  test(`${address} has not`, () => assert.throws(() => parseHostPort(address), isUnsupported(address)));
}

test('what is written is read again', () => {
  const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain());
  fc.assert(
    fc.property(host, fc.nat(65535), (name, port) => {
      assert.equal(parseHostPort(formatHostPort('tcp', { host: name, port })), { host: name, port });
    }),
  );
});

test('an IPv6 address is written in brackets', () => {
  assert.is(formatHostPort('tcp', { host: '::1', port: 80 }), 'tcp://[::1]:80');
  assert.is(formatHostPort('tcp', { host: '127.0.0.1', port: 80 }), 'tcp://127.0.0.1:80');
});

/** An error that names the address and says how to write one. */
function isUnsupported(address: string) {
  return (error: unknown) =>
    error instanceof TransportError && error.code === 'unsupported' && error.message.includes(address) && error.message.endsWith('.');
}

test.run();
