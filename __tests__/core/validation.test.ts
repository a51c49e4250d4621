import { Construct } from 'constructs';
import { ValidationError } from '../../lib/core/errors';
import { integer, matching, optional, shape, string } from '../../lib/core/rules';
import { nearest } from '../../lib/core/names';
import { refuse, validate } from '../../lib/core/validation';
import { refusal, testStack } from '../synth';
import { judge } from './rule-fixtures';

describe('an unknown property', () => {
  const options = shape<{ namespace: string; serviceAccountName: string }>({
    namespace: string(),
    serviceAccountName: string(),
  });
  const good = { namespace: 'books', serviceAccountName: 'reader' };

  test.each([
    ['nameSpace', 'Did you mean "namespace"?'],
    ['serviceAcountName', 'Did you mean "serviceAccountName"?'],
    ['replicas', 'The properties are: namespace, serviceAccountName.'],
  ])('%s is refused with a guess or with the list of those that exist', (name, fix) => {
    expect(judge(options, { ...good, [name]: 'x' })).toEqual([
      { kind: 'unknown-property', property: `value.${name}`, value: 'x', rule: 'be a property', fix },
    ]);
  });

  test('that is undefined is as good as none', () => {
    expect(judge(options, { ...good, replicas: undefined })).toEqual([]);
  });

  test('is far from a word when more than a third of its letters differ', () => {
    expect([nearest('nam', ['name']), nearest('nm', ['name']), nearest('', [])]).toEqual([
      'name',
      undefined,
      undefined,
    ]);
  });
});

interface Options {
  readonly name: string;
  readonly port?: number;
}

class Sample extends Construct {
  constructor(scope: Construct, id: string, options: Options) {
    super(scope, id);
    validate(
      this,
      options,
      {
        name: matching(/^[a-z]+$/, 'a name has letters', (v) => `Use "${v.toLowerCase()}".`),
        port: optional(integer(1, 9)),
      },
      ({ name, port }, report) => {
        if (name.length === port)
          report({ property: 'port', value: port, rule: 'be not the length of the name' });
      },
    );
  }
}

describe('validate', () => {
  test('one problem is one sentence: path, property, value, rule, fix', () => {
    const scope = new Construct(testStack(), 'Reader');
    expect(refusal(() => new Sample(scope, 'sample', { name: 'Books' })).message).toBe(
      'prod/Reader/sample: name must a name has letters (got "Books"). Use "books".',
    );
  });

  test('all problems come in one error, as lines and as data', () => {
    const error = refusal(() => new Sample(testStack(), 'sample', { nam: 'x', port: 99 } as never));
    expect(error.message).toMatchInlineSnapshot(`
     "prod/sample: 3 problems
       - name is required. It must be a string.
       - port must be a whole number from 1 to 9 (got 99). Use at most 9.
       - nam is not a property. Did you mean "name"?"
    `);
    expect(error.path).toBe('prod/sample');
    expect(error.name).toBe('ValidationError');
    expect(error.problems.map(({ property }) => property)).toEqual(['name', 'port', 'nam']);
  });

  test('what no single property tells comes in the same error as the rest', () => {
    const error = refusal(() => new Sample(testStack(), 'sample', { name: 'Abc', port: 3 }));
    expect(error.problems.map(({ property }) => property)).toEqual(['name', 'port']);
  });

  test('a construct that failed is out of the tree and can be made again under the same id', () => {
    const stack = testStack();
    refusal(() => new Sample(stack, 'sample', { name: '' }));
    expect(stack.node.tryFindChild('sample')).toBeUndefined();
    expect(new Sample(stack, 'sample', { name: 'good' }).node.path).toBe('prod/sample');
  });

  test('props that are missing altogether are named "props"', () => {
    expect(refusal(() => new Sample(testStack(), 'sample', undefined as never)).message).toBe(
      'prod/sample: props is required. It must be an object.',
    );
  });

  test.each([[null], ['name'], [[]]])('props that are %j are named "props" too', (props) => {
    expect(refusal(() => new Sample(testStack(), 'sample', props as never)).message).toMatch(
      /^prod\/sample: props must .* \(got/,
    );
  });

  test('a comparison between properties that stumbles over a malformed value hides no problem', () => {
    expect(refusal(() => new Sample(testStack(), 'sample', { name: null } as never)).message).toBe(
      'prod/sample: name must be a string (got null). Omit it, or write a text.',
    );
  });

  test('a construct without a name of its own is called by its id', () => {
    const root = new Construct(undefined as never, '');
    expect(refusal(() => new Sample(root, 'sample', { name: '' })).path).toBe('sample');
  });

  test('a call that is refused leaves its construct in the tree', () => {
    const stack = testStack();
    const sample = new Sample(stack, 'sample', { name: 'good' });
    const error = refusal(() => refuse(sample, { property: 'add', value: 'x', rule: 'be closed' }));
    expect(error.message).toBe('prod/sample: add must be closed (got "x").');
    expect(stack.node.tryFindChild('sample')).toBe(sample);
  });
});

describe('a value in a message', () => {
  const shown = (value: unknown) =>
    new ValidationError('prod', [{ property: 'p', value, rule: 'r' }]).message.slice(
      'prod: p must r (got '.length,
      -2,
    );

  test.each<[string, unknown, string]>([
    ['78 letters', 'a'.repeat(78), `"${'a'.repeat(78)}"`],
    ['79 letters', 'a'.repeat(79), `"${'a'.repeat(79)}… (81 characters)`],
    ['a line break', 'one\ntwo', '"one\\ntwo"'],
    ['NaN', NaN, 'NaN'],
    ['infinity in a list', [Infinity], '["Infinity"]'],
    ['a function', () => 1, 'a function'],
    ['a symbol', Symbol('x'), 'a symbol'],
    ['a bigint', 5n, 'a bigint'],
    ['a bigint in a list', [5n], 'a value of type object'],
    ['null', null, 'null'],
  ])('%s', (_, value, text) => {
    expect(shown(value)).toBe(text);
  });

  test('that refers to itself has no JSON and is named by its type', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(shown(circle)).toBe('a value of type object');
  });

  test('the name of an unknown property is cut as a value is', () => {
    const error = refusal(() => new Sample(testStack(), 's', { name: 'a', ['x'.repeat(500)]: 1 } as never));
    expect(error.message.length).toBeLessThan(300);
  });
});
