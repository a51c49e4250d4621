import { compareQuantities } from '../../lib/kubernetes/quantity';

test('compares quantities of all units', () => {
  const rising = [
    '1m',
    '999m',
    '1',
    '1.5',
    '1k',
    '1Ki',
    '1M',
    '1Mi',
    '1G',
    '1.05G',
    '1Gi',
    '1T',
    '1Ti',
    '1P',
    '1Pi',
    '2Pi',
    '1E',
    '1Ei',
  ];
  for (const [index, quantity] of rising.slice(1).entries()) {
    expect(compareQuantities(rising[index] as string, quantity)).toBeLessThan(0);
    expect(compareQuantities(quantity, rising[index] as string)).toBeGreaterThan(0);
  }
});

test.each([
  ['1Gi', '1024Mi'],
  ['1000m', '1'],
  ['0.5k', '500'],
])('%s is the same amount as %s', (one, other) => {
  expect(compareQuantities(one, other)).toBe(0);
});
