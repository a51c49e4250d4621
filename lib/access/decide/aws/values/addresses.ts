import { isIPv4, isIPv6 } from 'node:net';
import type { Domain } from './domain';

/** Addresses as numbers: IPv4 from 0, IPv6 from 2^40, so that no address has two numbers. */
const V6 = 1n << 40n;
const BITS = { v4: 32, v6: 128 };

/** Range of addresses, from the first to the one after the last. */
export interface AddressRange {
  readonly from: bigint;
  readonly to: bigint;
}

function readV4(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function readV6(text: string): bigint {
  const [head = '', tail] = text.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const left = [...head];
  const right = tail ?? [];
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return V6 + groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

function readAddress(text: string): bigint | undefined {
  if (isIPv4(text)) return readV4(text);
  // An address with a dotted end or a zone is rare, and is not understood.
  return isIPv6(text) && !/[.%]/.test(text) ? readV6(text) : undefined;
}

/**
 * Range of an address or of a block in CIDR notation (RFC 4632, RFC 4291); undefined if it is none, or if a bit
 * behind the prefix is set.
 */
export function readRange(text: string): AddressRange | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const from = readAddress(address);
  if (from === undefined || rest.length > 0) return undefined;
  const bits = from < V6 ? BITS.v4 : BITS.v6;
  if (prefix === undefined) return { from, to: from + 1n };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return undefined;
  const size = 1n << BigInt(bits - Number(prefix));
  return (from < V6 ? from : from - V6) % size === 0n ? { from, to: from + size } : undefined;
}

function write(address: bigint): string {
  const value = address < V6 ? address : address - V6;
  if (address < V6) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - 16 * index)) & 65_535n);
  return groups.map((group) => group.toString(16)).join(':');
}

const exists = (address: bigint): boolean =>
  (address >= 0n && address < 1n << 32n) || (address >= V6 && address < V6 + (1n << 128n));

/** IPv4 and IPv6 addresses. A comparison has one result from one point to the next. */
export const addresses: Domain<bigint> = {
  name: 'IP address',
  read: readAddress,
  write,
  samples: (points) => [...new Set([readV4('198.51.100.7'), ...points, 0n, V6])].filter(exists),
};
