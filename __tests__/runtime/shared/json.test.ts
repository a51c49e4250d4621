import { hasInexactNumber } from '../../../runtime/shared/json';

test.each([
  '9007199254740993',
  '{"id":-9007199254740993}',
  '[1,12345678901234567890]',
  '1e400',
  '9'.repeat(400),
])('%s has a number that a parser changes', (json) => {
  expect(hasInexactNumber(json)).toBe(true);
});

test.each([
  '9007199254740991',
  '9007199254740992',
  '-0',
  '0.1',
  '1e300',
  '"9007199254740993"',
  '{"9007199254740993":"\\"9007199254740993"}',
  '["\\\\",1]',
  'null',
])('%s has none', (json) => {
  expect(hasInexactNumber(json)).toBe(false);
});

test('a long text is read in linear time', () => {
  const started = Date.now();
  expect(hasInexactNumber(JSON.stringify('\\"'.repeat(500_000)))).toBe(false);
  expect(Date.now() - started).toBeLessThan(2_000);
});
