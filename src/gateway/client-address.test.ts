import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { addressKey, clientAddress, isAddressRange } from './client-address.ts';
import type { GatewayEnv } from './gateway-env.ts';

const outcomeOf = async (trusted: string[], peer: string | undefined, headers: Record<string, string> = {}) => {
  const app = new Hono<GatewayEnv>();
  const addressOf = clientAddress(trusted);
  app.get('/', (c) => c.text(addressOf(c)));
  const incoming = { socket: { remoteAddress: peer } };
  return (await app.request('/', { headers }, { incoming })).text();
};

const spoofed = {
  'X-Forwarded-For': '6.6.6.6',
  Forwarded: 'for=6.6.6.6',
  'X-Real-IP': '6.6.6.6',
  'X-Client-IP': '6.6.6.6',
  'CF-Connecting-IP': '6.6.6.6',
  'True-Client-IP': '6.6.6.6',
  X_Forwarded_For: '6.6.6.6',
};

describe('the address of the connection', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:CB00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:DB8::0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
  ])('%s is %s', async (peer, expected) => {
    expect(await outcomeOf([], peer)).toBe(expected);
  });

  test('counts where nobody is trusted, whatever a header says', async () => {
    expect(await outcomeOf([], '203.0.113.7', spoofed)).toBe('203.0.113.7');
  });

  test('counts where others are trusted', async () => {
    expect(await outcomeOf(['10.0.0.0/8', '2001:db8::/32'], '203.0.113.7', spoofed)).toBe('203.0.113.7');
  });

  test('of a trusted proxy counts where only other headers speak', async () => {
    const { 'X-Forwarded-For': _, ...others } = spoofed;
    expect(await outcomeOf(['10.0.0.1'], '10.0.0.1', others)).toBe('10.0.0.1');
  });

  test.each([[undefined], ['']])('is nothing where there is none (%s)', async (peer) => {
    expect(await outcomeOf(['0.0.0.0/1', '::/1'], peer, spoofed)).toBe('');
  });

  test('is nothing for a request that came over no socket', async () => {
    const app = new Hono<GatewayEnv>().get('/', (c) => c.text(`<${clientAddress(['::/1'])(c)}>`));
    expect(await (await app.request('/', { headers: spoofed })).text()).toBe('<>');
  });
});

describe('behind trusted proxies', () => {
  const trusted = ['10.0.0.0/8', '192.0.2.1', '2001:db8:aaaa::/48'];
  test.each([
    ['what it appended', '198.51.100.4', '198.51.100.4'],
    ['not what the client said before', '6.6.6.6, 198.51.100.4', '198.51.100.4'],
    ['past other trusted proxies', '6.6.6.6, 198.51.100.4, 192.0.2.1,10.9.9.9', '198.51.100.4'],
    ['past one that is spelled in IPv6', '198.51.100.4, ::ffff:10.9.9.9, 2001:DB8:AAAA::0:9', '198.51.100.4'],
    ['the farthest where all are trusted', '10.1.1.1, 10.2.2.2', '10.1.1.1'],
    ['IPv6 in its one spelling', '2001:0DB8:0:0::00FF', '2001:db8::ff'],
    ['IPv4 in IPv6 as IPv4', '::ffff:c633:6404', '198.51.100.4'],
    ['an address with a port', '198.51.100.4:51234', '198.51.100.4'],
    ['IPv6 in brackets', '[2001:db8::1]', '2001:db8::1'],
    ['IPv6 in brackets with a port', '[2001:db8::1]:443', '2001:db8::1'],
  ])('the client is %s', async (_, header, expected) => {
    for (const peer of ['10.0.0.1', '::ffff:10.0.0.1', '192.0.2.1', '2001:db8:aaaa::1']) {
      expect(await outcomeOf(trusted, peer, { 'X-Forwarded-For': header })).toBe(expected);
    }
  });

  test.each([
    'unknown',
    '_hidden',
    '',
    ',',
    '198.51.100.4,',
    '198.51.100.4, unknown',
    '198.51.100.4 10.2.2.2',
    '198.51.100.4, 10.2.2.256',
    '198.51.100.4, 010.2.2.2.2',
    '198.51.100.4, "10.2.2.2"',
    '198.51.100.4, [10.2.2.2',
    '198.51.100.4, <script>alert(1)</script>',
    '198.51.100.4, desk.example.com',
    `${'1,'.repeat(3_000)}`,
  ])('garbage is not looked past: %s', async (header) => {
    expect(await outcomeOf(trusted, '10.0.0.1', { 'X-Forwarded-For': header })).toBe('10.0.0.1');
  });

  test.each([
    ['10.0.0.5/8', '10.255.1.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['192.0.2.1', '192.0.2.2', false],
    ['::ffff:10.0.0.0/104', '10.255.1.1', true],
    ['::ffff:10.0.0.0/104', '11.0.0.1', false],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::1', '::1', true],
  ])('%s trusts %s: %s', async (range, peer, isTrusted) => {
    expect(await outcomeOf([range], peer, { 'X-Forwarded-For': '198.51.100.4' })).toBe(
      isTrusted ? '198.51.100.4' : peer,
    );
  });

  test('nobody is trusted by what is no range', () => {
    expect(isAddressRange('proxy.example.com')).toBe(false);
    expect(() => clientAddress(['proxy.example.com'])).toThrow();
  });
});

test('over real sockets of both families, with the header on several lines', async () => {
  const trusting = clientAddress(['127.0.0.1', '::1']);
  const trustless = clientAddress([]);
  const app = new Hono<GatewayEnv>().get('/', (c) => c.text(`${trustless(c)} ${trusting(c)}`));
  const server = createServer(getRequestListener(app.fetch)).listen(0, '::');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = async (host: string, forwarded: string[]) => {
    const asking = request({ host, port, headers: { 'X-Forwarded-For': forwarded } }).end();
    const [response] = (await once(asking, 'response')) as [AsyncIterable<Buffer>];
    let text = '';
    for await (const chunk of response) text += chunk.toString();
    return text;
  };
  // The listener of both families is told of IPv4 as ::ffff:127.0.0.1.
  expect(await ask('127.0.0.1', ['6.6.6.6', '198.51.100.4'])).toBe('127.0.0.1 198.51.100.4');
  expect(await ask('::1', ['6.6.6.6', '2001:DB8::00:7'])).toBe('::1 2001:db8::7');
  server.close();
});

describe('what attempts are counted under', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::1.2.3.4', '0:0:0:0::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
    ['', ''],
  ])('%s is %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
