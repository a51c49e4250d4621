import { Construct } from 'constructs';
import type * as Registry from '../../lib/core/registry';
import { oncePer } from '../../lib/core/registry';
import { testStack } from '../synth';

const makeSet = () => new Set<string>();

test('the second call returns the value of the first', () => {
  const stack = testStack();
  const first = oncePer(stack, 'roles', makeSet);
  expect(oncePer(stack, 'roles', makeSet)).toBe(first);
});

test('each key and each scope has its own value', () => {
  const stack = testStack();
  const first = oncePer(stack, 'roles', makeSet);
  expect(oncePer(stack, 'codes', makeSet)).not.toBe(first);
  expect(oncePer(new Construct(stack, 'child'), 'roles', makeSet)).not.toBe(first);
  expect(oncePer(testStack(), 'roles', makeSet)).not.toBe(first);
});

test('undefined is a value that is created once', () => {
  const create = jest.fn(() => undefined);
  const stack = testStack();
  oncePer(stack, 'nothing', create);
  oncePer(stack, 'nothing', create);
  expect(create).toHaveBeenCalledTimes(1);
});

test('stores nothing when the creation throws', () => {
  const stack = testStack();
  const failing = () => {
    throw new Error('no archive');
  };
  expect(() => oncePer(stack, 'code', failing)).toThrow('no archive');
  expect(oncePer(stack, 'code', () => 'archive')).toBe('archive');
});

test('a creation may ask for another value of the same scope', () => {
  const stack = testStack();
  expect(oncePer(stack, 'outer', () => oncePer(stack, 'inner', () => 1) + 1)).toBe(2);
  expect(oncePer(stack, 'inner', () => 5)).toBe(1);
});

test('two copies of the package share the values of a scope', () => {
  const stack = testStack();
  const first = oncePer(stack, 'roles', makeSet);
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the second copy of the module
    const copy = require('../../lib/core/registry') as typeof Registry;
    expect(copy.oncePer).not.toBe(oncePer);
    expect(copy.oncePer(stack, 'roles', makeSet)).toBe(first);
  });
});

test('a scope does not list its registry among its properties', () => {
  const stack = testStack();
  oncePer(stack, 'roles', makeSet);
  expect(Object.getOwnPropertySymbols({ ...stack })).not.toContain(Symbol.for('cdktf-multicloud.registry'));
});
