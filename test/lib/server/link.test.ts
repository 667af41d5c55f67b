/* Whom a connection is counted for: an IP address, whatever its port; where there is none, all who come by the same listener. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sourceOf } from '../../../lib/server/link.js';
import type { Connection } from '../../../lib/transport.js';

const test = suite('source');
const source = (remote: string, listener: string) => sourceOf({ remote } as Connection, listener);

test('an IP address is a source, whatever the port and the transport', () => {
  const sources = ['tcp://192.0.2.1:50000', 'tcp://192.0.2.1:50001', 'udp://192.0.2.1:50000'].map((remote) =>
    source(remote, 'tcp://0.0.0.0:1'),
  );
  assert.equal(new Set(sources), new Set(['192.0.2.1']));
  assert.is(source('tcp://[2001:db8::1]:50000', 'tcp://[::]:1'), source('udp://[2001:db8::1]:50001', 'udp://[::]:1'));
  assert.is.not(source('tcp://192.0.2.1:50000', 'tcp://0.0.0.0:1'), source('tcp://192.0.2.2:50000', 'tcp://0.0.0.0:1'));
});

test('a Unix socket and memory have no addresses: the listener is the source', () => {
  assert.is(source('unix:', 'unix:/tmp/a.sock'), 'unix:/tmp/a.sock');
  assert.is(source('memory:lobby', 'memory:lobby'), 'memory:lobby');
});

test.run();
