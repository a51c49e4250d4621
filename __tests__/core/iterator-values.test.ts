import { Fn, Lazy, TerraformCount, TerraformIterator, TerraformVariable, Token } from 'cdktf';
import { readsIterator } from '../../lib/core/iterator-values';
import { jsonTokens } from '../../lib/core/json-tokens';
import { string } from '../../lib/core/rules';
import { problemsOf } from '../../lib/core/validation';
import { testStack } from '../synth';

const list = TerraformIterator.fromList(['a', 'b']);
const map = TerraformIterator.fromMap({ a: { name: 'b', count: 1 } });
const resources = TerraformIterator.fromComplexList([{ name: 'a' }] as never, 'name');
const variable = () => new TerraformVariable(testStack(), 'variable', {});

test.each<[string, unknown]>([
  ['the value', list.value],
  ['the value as a text', Token.asString(list.value)],
  ['the value in a text', `books-${Token.asString(list.value)}`],
  ['the key', map.key],
  ['a member', map.getString('name')],
  ['a number', map.getNumber('count')],
  ['a list', map.getList('names')],
  ['a map', map.getStringMap('labels')],
  ['a member of a complex list', resources.getString('name')],
  ['an argument of a function', Fn.upper(map.getString('name'))],
  ['a part of an argument', Fn.join('-', ['a', `b-${map.getString('name')}`])],
  ['an index', TerraformCount.of(2).index],
])('finds %s of an iterator', (_, token) => {
  expect(readsIterator(token)).toBe(true);
});

test.each<[string, unknown]>([
  ['a variable', variable().stringValue],
  ['a function of a variable', Fn.upper(variable().stringValue)],
  ['a Lazy value, which is not produced early', Lazy.stringValue({ produce: () => fail('produced') })],
  ['all values of a list', list.values()],
  ['one property of all items', Token.asList(map.pluckProperty('name'))],
  ['a dynamic block with its own iterator', list.dynamic({ name: list.value })],
])('accepts %s', (_, token) => {
  expect(readsIterator(token)).toBe(false);
});

const PROBLEM = {
  value: 'a token',
  rule: 'not be a value of an iterator, because the resources of a construct have no for_each',
  fix: 'Create one construct for each item in a loop of the program.',
};

test('a rule for a text rejects a value of an iterator with the remedy', () => {
  expect(problemsOf(string(), map.getString('name'), 'name')).toEqual([{ property: 'name', ...PROBLEM }]);
});

test('a rule for JSON names the place of each problem', () => {
  const value = {
    a: [{ b: map.getString('name') }],
    [map.getString('key')]: 1,
    'c d': { first: 1, ...map.getStringMap('labels') },
  };
  expect(problemsOf(jsonTokens, value, 'input').map(({ property, rule }) => [property, rule])).toEqual([
    ['input.a[0].b', PROBLEM.rule],
    [expect.stringMatching(/^input\["\$\{TfToken/), PROBLEM.rule],
    ['input["c d"]', 'not combine a token with other items'],
  ]);
});
