import { TokenCache } from '../../../../runtime/shared/federation/token-cache';

const later = Date.parse('2026-01-01T01:00:00Z');
const cache = () => new TokenCache(() => Date.parse('2026-01-01T00:00:00Z'));
const minting = (value: string) => jest.fn(() => Promise.resolve({ value, expires: later }));

test('of more than a hundred runs the oldest is forgotten', async () => {
  const tokens = cache();
  for (let run = 0; run < 101; run += 1) await tokens.get(`run-${run}`, minting('first'));
  expect(await tokens.get('run-1', minting('second'))).toBe('first');
  expect(await tokens.get('run-0', minting('second'))).toBe('second');
});

test('a token that could not be made is not kept', async () => {
  const tokens = cache();
  await expect(tokens.get('run', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await tokens.get('run', minting('second'))).toBe('second');
});

test('callers at the end of a token wait for one new token', async () => {
  let now = later - 3_600_000;
  const tokens = new TokenCache(() => now);
  await tokens.get('run', minting('first'));
  now = later;
  const mint = jest.fn(() => Promise.resolve({ value: 'second', expires: later + 3_600_000 }));
  expect(await Promise.all([tokens.get('run', mint), tokens.get('run', mint)])).toEqual(['second', 'second']);
  expect(mint).toHaveBeenCalledTimes(1);
});
