import { blocksAt, computedPaths, isSensitiveAt, valuesAt } from '../../../lib/model';
import { exactValueAt } from '../../../lib/model/values/paths';

const reference = { $kind: 'reference', address: 'a_b.x', attribute: 'id' } as const;

test.each([
  ['an object', { spec: { rule: { port: 80 } } }],
  ['a list of one', { spec: [{ rule: [{ port: 80 }] }] }],
])('finds the value of a block that is %s', (_, values) => {
  expect(valuesAt(values, 'spec.rule.port')).toEqual([80]);
  expect(valuesAt(values, 'spec[0].rule[0].port')).toEqual([80]);
  expect(blocksAt(values, 'spec.rule')).toEqual([{ port: 80 }]);
  expect(exactValueAt(values, 'spec[0].rule[0].port')).toBe(80);
});

test('finds the values of all blocks and the elements of lists', () => {
  const values = { rule: [{ ports: ['1', '2'] }, { ports: [] }, { ports: ['3', null] }, {}] };
  expect(valuesAt(values, 'rule.ports')).toEqual(['1', '2', '3']);
  expect(valuesAt(values, 'rule[2].ports[0]')).toEqual(['3']);
  expect(valuesAt(values, 'rule[9].ports')).toEqual([]);
  expect(valuesAt({ labels: { 'a.b': 'x' } }, 'labels["a.b"]')).toEqual(['x']);
});

test('a computed value in place of a block is a result', () => {
  expect(valuesAt({ spec: reference }, 'spec.rule.port')).toEqual([reference]);
  expect(valuesAt({ spec: [{ rule: 1 }, reference] }, 'spec.rule')).toEqual([1, reference]);
  expect(blocksAt({ spec: ['text', reference] }, 'spec')).toEqual([reference]);
});

test('members of the prototype are not values', () => {
  expect(valuesAt({}, 'constructor')).toEqual([]);
  expect(valuesAt({}, '__proto__.x')).toEqual([]);
  expect(exactValueAt({}, 'toString')).toBeUndefined();
});

test('lists the paths of computed values', () => {
  expect(computedPaths({ a: reference, b: [{ c: 'x' }, { 'd.e': [reference] }], f: null })).toEqual([
    'a',
    'b[1]["d.e"][0]',
  ]);
  expect(computedPaths(reference)).toEqual(['']);
});

test.each([
  [[''], 'any.path', true],
  [['env[0]'], 'env[0].value', true],
  [['env[0].value'], 'env', true],
  [['env'], 'environment', false],
  [['env[1]'], 'env[10]', false],
  [[], 'env', false],
])('with the marks %j, %s is sensitive: %j', (marks, path, expected) => {
  expect(isSensitiveAt(marks, path)).toBe(expected);
});
