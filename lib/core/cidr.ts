import { isIPv4, isIPv6 } from 'node:net';
import { all, matching, rule, type Rule } from './rules';

/** An IPv4 range as two numbers. */
export interface CidrBlock {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

const NOTATION = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d|[12]\d|3[0-2])$/;

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** Reads a range such as `10.0.0.0/20`; undefined if it is none. Bits behind the prefix are set to zero. */
export function parseCidr(text: string): CidrBlock | undefined {
  const parts = NOTATION.exec(text)?.slice(1).map(Number);
  if (!parts || parts.slice(0, 4).some((part) => part > 255)) return undefined;
  const [a, b, c, d, prefix] = parts as [number, number, number, number, number];
  const size = 2 ** (32 - prefix);
  const first = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** The same range, written with its first address. */
function canonical(text: string): string | undefined {
  const block = parseCidr(text);
  return block && `${dotted(block.first)}/${block.prefix}`;
}

/** Whether two ranges share an address; false if either is not a range. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}

/** An IPv4 range that starts where its prefix says. */
export const cidr: Rule = matching(
  NOTATION,
  'be an IPv4 range of the form ADDRESS/PREFIX, for example "10.0.0.0/20"',
);

/** An IPv4 range with a prefix within bounds (a longer prefix is a smaller range). */
export function cidrOf(minPrefix: number, maxPrefix: number): Rule {
  return all(
    cidr,
    rule('be an IPv4 range', (value) => parseCidr(value as string) !== undefined),
    rule(`have a prefix from /${minPrefix} to /${maxPrefix}`, (value) => {
      const block = parseCidr(value as string);
      return block !== undefined && block.prefix >= minPrefix && block.prefix <= maxPrefix;
    }),
    rule(
      'start at the first address of its prefix',
      (value) => value === canonical(value as string),
      (value) => `Use "${canonical(value as string)}".`,
    ),
  );
}

/**
 * Ranges that are not routed on the internet. https://cloud.google.com/vpc/docs/subnets#valid-ranges lists them as
 * "private IPv4 address ranges".
 */
const RESERVED = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '240.0.0.0/4',
];

/** Whether a range is inside a range that is not routed on the internet; false if it is not a range. */
export function isReserved(range: string): boolean {
  const inner = parseCidr(range);
  return RESERVED.some((each) => {
    const outer = parseCidr(each);
    return (
      inner !== undefined && outer !== undefined && outer.first <= inner.first && inner.last <= outer.last
    );
  });
}

/**
 * Whether a range contains a large part of the internet: a prefix shorter than /8, or than /32 for IPv6. Amazon S3 sets
 * the same bounds for a policy that is not public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function isBroad(range: string): boolean {
  const [address = '', prefix] = range.split('/');
  if (prefix === undefined || !/^\d+$/.test(prefix)) return false;
  if (isIPv4(address)) return Number(prefix) < 8 && !isReserved(range);
  return isIPv6(address) && Number(prefix) < 32 && !/^f[cd]|^fe[89ab]/i.test(address);
}

/** Whether a range with a part that is not known, shown as "…", can be broad. A prefix of /32 is not in either version. */
export function canBeBroad(outline: string): boolean {
  return !outline.endsWith('/32');
}
