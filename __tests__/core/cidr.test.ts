import { isBroad } from '../../lib/core/cidr';

test.each([
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '8.0.0.0/7',
  '203.0.113.7/0',
  '::/0',
  '2000::/3',
  '2001::/16',
])('%s is a large part of the internet', (range) => {
  expect(isBroad(range)).toBe(true);
});

test.each([
  '8.0.0.0/8',
  '203.0.113.0/24',
  '10.0.0.0/8',
  '240.0.0.0/4',
  '2001:db8::/32',
  'fc00::/7',
  'fe80::/10',
  '203.0.113.7',
  '2001:db8::1',
  '${var.range}',
  '300.0.0.0/0',
  '',
])('"%s" is none', (range) => {
  expect(isBroad(range)).toBe(false);
});
