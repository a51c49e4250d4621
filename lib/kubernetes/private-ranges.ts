/** IPv4 ranges that are not on the internet: private, shared (RFC 6598) and link-local addresses. */
export const NON_PUBLIC_RANGES: readonly string[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
];
