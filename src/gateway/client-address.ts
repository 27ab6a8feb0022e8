import { BlockList, isIP, SocketAddress } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { GatewayEnv } from './gateway-env.ts';

/** The one spelling of an IP address: IPv6 compressed, in lower case and without a zone; IPv4 behind IPv6 as IPv4. */
function normalized(address: string): string | undefined {
  const version = isIP(address);
  if (version !== 6) return version === 4 ? address : undefined;
  const compressed = new SocketAddress({ address, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(compressed)?.[1] ?? compressed;
}

const familyOf = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4');

interface Range {
  address: string;
  prefix: number;
}

/** An IP address or a range such as `10.0.0.0/8`. Undefined for anything else, and for a range of every address. */
function readRange(text: string): Range | undefined {
  const [, spelled = '', length] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const address = normalized(spelled);
  if (address === undefined) return undefined;
  // A range that is written in IPv6 but lies in IPv4 counts its bits from another beginning.
  const written = isIP(spelled) === 4 ? 32 : 128;
  const own = familyOf(address) === 'ipv4' ? 32 : 128;
  const prefix = Number(length ?? written) - (written - own);
  return prefix >= 1 && prefix <= own ? { address, prefix } : undefined;
}

/** Whether `text` is an IP address or a CIDR range that a setting may name; all addresses at once are none. */
export const isAddressRange = (text: string) => readRange(text) !== undefined;

/** Reads the address of an `X-Forwarded-For` entry, which some proxies write with a port. */
function readEntry(entry: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+):\d{1,5})$/.exec(entry) ?? [];
  return normalized(bracketed ?? plain ?? entry);
}

/**
 * Says from which address a request came: that of its connection, or what `X-Forwarded-For` says where the connection
 * is a trusted proxy's. '' for a request that came over no socket. Throws for a range that `isAddressRange` refuses.
 */
export function clientAddress(trustedProxies: readonly string[]): (c: Context<GatewayEnv>) => string {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const range = readRange(proxy);
    if (range === undefined) throw new Error('This is neither an IP address nor a range of them.');
    trusted.addSubnet(range.address, range.prefix, familyOf(range.address));
  }
  const isTrusted = (address: string) => trusted.check(address, familyOf(address));

  return (c) => {
    // A request that came over no socket has no environment at all, whatever its type says.
    const env: Partial<HttpBindings> | undefined = c.env;
    const peer = normalized(env?.incoming?.socket.remoteAddress ?? '') ?? '';
    const forwarded = c.req.header('x-forwarded-for');
    if (peer === '' || forwarded === undefined || !isTrusted(peer)) return peer;
    let farthest = peer;
    // Each proxy appends whom it was asked by, so that an entry is worth as much as the one to its right.
    for (const entry of forwarded.split(',').toReversed()) {
      const address = readEntry(entry.trim());
      if (address === undefined) return peer;
      if (!isTrusted(address)) return address;
      farthest = address;
    }
    return farthest;
  };
}

/**
 * What attempts from an address are counted under. Whoever has one IPv6 address has the 2^64 others of its network, so
 * that these count as one.
 */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const { hostname } = new URL(`http://[${address}]`);
  const [head = '', tail = ''] = hostname.slice(1, -1).split('::');
  const [first, last] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const groups = [...(first ?? []), ...Array<string>(8).fill('0')].slice(0, 8 - (last?.length ?? 0));
  return `${[...groups, ...(last ?? [])].slice(0, 4).join(':')}::/64`;
}
