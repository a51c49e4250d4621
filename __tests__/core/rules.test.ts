import { Lazy, TerraformVariable, Token } from 'cdktf';
import {
  all,
  boolean,
  integer,
  knownAtSynth,
  singleLine,
  list,
  matching,
  oneOf,
  optional,
  provider,
  record,
  rule,
  shape,
  string,
  type Rule,
} from '../../lib/core/rules';
import { testStack } from '../synth';
import { judge } from './rule-fixtures';

const rules: Record<string, Rule> = {
  rule: rule('be odd', (value) => Number(value) % 2 === 1),
  string: string(),
  matching: matching(/^[a-z]+$/, 'it has letters'),
  line: singleLine(10),
  integer: integer(1, 3),
  list: list(string(), { min: 2, max: 3 }),
  record: record(matching(/^[a-z]+$/, 'it has letters'), string()),
  optional: optional(integer(1, 3)),
  all: all(string(), matching(/^[a-z]+$/, 'it has letters')),
};

describe('a value that only Terraform will know passes', () => {
  const stack = testStack();
  const variable = new TerraformVariable(stack, 'variable', {});
  const tokens: Record<string, unknown> = {
    'a string token': Token.asString(variable.value),
    'a number token': Token.asNumber(variable.value),
    'a list token': Token.asList(variable.value),
    'a map token': Token.asStringMap(variable.value),
    'a variable': variable.value,
    'a lazy string': Lazy.stringValue({ produce: () => 'later' }),
    'a lazy value': Lazy.anyValue({ produce: () => ['later'] }),
  };

  test.each(Object.entries(tokens))('%s, by every rule', (_, value) => {
    const refused = Object.entries(rules).filter(([, by]) => judge(by, value).length > 0);
    expect(refused.map(([name]) => name)).toEqual([]);
  });

  test.each(Object.entries(tokens))('%s, but not where the library reckons with the value', (_, value) => {
    const known = [
      boolean,
      knownAtSynth(integer(1, 3)),
      oneOf(['dns', 'ip']),
      provider('google'),
      shape<{ name: string }>({ name: string() }),
      list(oneOf(['dns', 'ip'])),
      list(all(string(), oneOf(['dns', 'ip']))),
      record(string(), boolean),
      record(oneOf(['dns', 'ip']), string()),
    ];
    for (const by of known) {
      expect(judge(by, value)).toEqual([
        {
          property: 'value',
          value: 'a token',
          rule: 'be known at synth',
          fix: 'Pass a plain value instead of a token.',
        },
      ]);
    }
  });
});

describe('values that are refused say the rule and the fix', () => {
  test.each<[string, Rule, unknown, string, string | undefined]>([
    ['a number', string(), 5, 'be a string', 'Write "5".'],
    ['a list for a text', string(), ['a'], 'be a string', undefined],
    ['null', string(), null, 'be a string', 'Omit it, or write a text.'],
    ['a boolean in text', boolean, 'True', 'be true or false', 'Write true.'],
    ['no boolean', boolean, 'yes', 'be true or false', undefined],
    ['below the least', integer(1, 3), 0, 'be a whole number from 1 to 3', 'Use at least 1.'],
    ['above the most', integer(1, 3), 4, 'be a whole number from 1 to 3', 'Use at most 3.'],
    ['a fraction', integer(1, 3), 1.5, 'be a whole number from 1 to 3', 'Use 2.'],
    ['a word for a number', integer(1, 3), 'two', 'be a whole number from 1 to 3', undefined],
    ['NaN', integer(1, 3), NaN, 'be a whole number from 1 to 3', undefined],
    [
      'a number in text',
      integer(1, Number.MAX_SAFE_INTEGER),
      '2',
      'be a whole number of at least 1',
      'Write 2.',
    ],
    ['a word in capitals', oneOf(['dns', 'ip']), 'DNS', 'be one of "dns", "ip"', 'Use "dns".'],
    ['another word', oneOf(['dns', 'ip']), 'vpn', 'be one of "dns", "ip"', undefined],
    ['no list', list(string()), 'a', 'be a list', 'Put it into a list: [ … ].'],
    ['a number for a list', list(string()), 1, 'be a list', undefined],
    ['a short list', list(string(), { min: 1 }), [], 'be a list of at least 1 item', 'Add an item.'],
    [
      'a word in other spelling',
      oneOf(['NO_SCHEDULE', 'NO_EXECUTE']),
      'NoSchedule',
      'be one of "NO_SCHEDULE", "NO_EXECUTE"',
      'Use "NO_SCHEDULE".',
    ],
    [
      'a long list',
      list(string(), { min: 1, max: 2 }),
      ['a', 'b', 'c'],
      'be a list of at least 1 and at most 2 items',
      'Remove an item.',
    ],
    ['a list for a map', record(string(), string()), ['a'], 'be an object of names and values', undefined],
  ])('%s', (_, by, value, statement, fix) => {
    expect(judge(by, value)).toEqual([{ property: 'value', value, rule: statement, fix }]);
  });

  test.each([1, 3])('the bound %d of a range belongs to it', (bound) => {
    expect(judge(integer(1, 3), bound)).toEqual([]);
  });

  test.each([
    ['ten bytes', '0123456789', true],
    ['eleven bytes', '01234567890', false],
    ['five letters of two bytes', 'äöüßé', true],
    ['six letters of two bytes', 'äöüßéà', false],
    ['two lines', 'one\ntwo', false],
    ['spaces only', '   ', false],
    ['nothing', '', false],
  ])('a line of at most ten bytes: %s', (_, text, passes) => {
    expect(judge(singleLine(10), text).map(({ rule }) => rule)).toEqual(
      passes
        ? []
        : ['be one line of text with at least one visible character, at most 10 bytes, and no "${" or "%{"'],
    );
  });

  test('a line with an expression is not advised to write what a line refuses next', () => {
    const [problem] = judge(singleLine(80), 'reads ${path}');
    expect(problem!.fix ?? '').not.toContain('Write "$${"');
  });

  test('an item of a list is named by its place, a value of a map by its name', () => {
    const found = judge(shape({ items: list(string()), map: record(string(), string()) }), {
      items: ['a', 1],
      map: { 'app.kubernetes.io/name': 2 },
    });
    expect(found.map(({ property }) => property)).toEqual([
      'value.items[1]',
      'value.map["app.kubernetes.io/name"]',
    ]);
  });

  test('the first problem of a value is enough', () => {
    expect(judge(all(string(), matching(/^[a-z]+$/, 'it has letters')), 5)).toHaveLength(1);
  });
});

describe('a string that Terraform would read as an expression', () => {
  test.each(['${path.module}', 'a ${b}', '%{ if true }', '$', '${'.repeat(2)])('%j', (text) => {
    expect(judge(string(), text).map(({ fix }) => fix)).toEqual(
      text === '$' ? [] : ['Write "$${" or "%%{" for the literal characters, or pass a token.'],
    );
  });

  test.each(['$${path.module}', '100 %%{', '$5', '{}', '100%'])(
    '%j is meant literally and passes',
    (text) => {
      expect(judge(string(), text)).toEqual([]);
    },
  );
});
