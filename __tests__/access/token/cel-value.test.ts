import { Undecided } from '../../../lib/access/decide/relation';
import { CelError } from '../../../lib/access/token/cel-types';
import { celValue } from '../../../lib/access/token/cel-value';

const variables = {
  assertion: {
    arn: 'arn:aws:sts::123456789012:assumed-role/reader/session',
    aud: ['a', 'b'],
    number: 7,
    verified: true,
    nested: { key: 'x' },
  },
};
const value = (source: string) => celValue(source, variables);

test.each<[string, unknown]>([
  ["assertion.arn.extract('assumed-role/{role}/')", 'reader'],
  ["assertion.arn.extract('assumed-role/{rest}')", 'reader/session'],
  ["assertion.arn.extract('{account}assumed-role/')", 'arn:aws:sts::123456789012:'],
  ["assertion.arn.extract('user/{name}')", ''],
  ["assertion.arn.extract('assumed-role/{role}#')", ''],
  ["assertion.arn.contains('user') ? 'u' : 'r' + '!'", 'r!'],
  ["'b' in assertion.aud", true],
  ["'key' in assertion.nested", true],
  ["assertion.nested['key']", 'x'],
  ["assertion['nested'].key", 'x'],
  ['assertion.aud[1]', 'b'],
  ['assertion.aud + ["c"]', ['a', 'b', 'c']],
  ["assertion.aud.exists(each, each == 'b')", true],
  ["assertion.aud.all(each, each == 'b')", false],
  ['has(assertion.none)', false],
  ['has(assertion.verified)', true],
  ['string(assertion.number)', '7'],
  ["'a-b-c'.split('-').join('/')", 'a/b/c'],
  ["'a.b'.replace('.', '$&')", 'a$&b'],
  ["'MiXed'.lowerAscii() + 'x'.upperAscii()", 'mixedX'],
  ["size('a😀')", 2],
  ['size(assertion.aud)', 2],
  ["assertion.arn.matches('^arn:aws:.*/session$')", true],
  ['assertion.number >= 7 && assertion.number < 8', true],
  ["timestamp('2026-01-01T00:00:00Z') < timestamp('2026-01-02T00:00:00Z')", true],
  ["assertion.none == 'x' || true", true],
  ["assertion.none == 'x' && false", false],
  ["assertion.number == '7'", false],
  ['!assertion.verified', false],
])('%s', (source, expected) => {
  expect(value(source)).toEqual(expected);
});

test.each([
  ['assertion.none', 'the key "none" is missing'],
  ['unknown.name', 'unknown is not defined'],
  ['assertion.aud[2]', 'the list has no element 2'],
  ["assertion.none == 'x' && true", 'the key "none" is missing'],
  ["assertion.number.startsWith('7')", '7 is not a text'],
  ["assertion.number + '1'", '7 + "1" is not defined'],
  ['!assertion.number', '7 is not a boolean'],
  ["'x' in assertion.arn", '"arn:aws:sts::123456789012:assumed-role/reader/session" is not a list'],
])('%s has an error', (source, message) => {
  expect(() => value(source)).toThrow(new CelError(message));
});

test.each(["assertion.arn.matches('(?=x)')", 'assertion.number * 2', 'unheard(assertion.number)'])(
  '%s is not decided',
  (source) => {
    expect(() => value(source)).toThrow(Undecided);
  },
);
