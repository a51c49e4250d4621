import { Lazy, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ValidationError, type ValidationProblem } from '../../lib/core/errors';
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
import { nearest } from '../../lib/core/names';
import { refuse, validate } from '../../lib/core/validation';
import { refusal, testStack } from '../synth';

function judge(by: Rule, value: unknown): ValidationProblem[] {
  const found: ValidationProblem[] = [];
  by(value, 'value', (problem) => found.push(problem));
  return found;
}

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
    ['no string', string(), 5, 'be a string', undefined],
    ['null', string(), null, 'be a string', undefined],
    ['no boolean', boolean, 'true', 'be true or false', undefined],
    ['below the least', integer(1, 3), 0, 'be a whole number from 1 to 3', undefined],
    ['above the most', integer(1, 3), 4, 'be a whole number from 1 to 3', undefined],
    ['a fraction', integer(1, 3), 1.5, 'be a whole number from 1 to 3', undefined],
    ['NaN', integer(1, 3), NaN, 'be a whole number from 1 to 3', undefined],
    [
      'a number in text',
      integer(1, Number.MAX_SAFE_INTEGER),
      '2',
      'be a whole number of at least 1',
      undefined,
    ],
    ['a word in capitals', oneOf(['dns', 'ip']), 'DNS', 'be one of "dns", "ip"', 'Use "dns".'],
    ['another word', oneOf(['dns', 'ip']), 'vpn', 'be one of "dns", "ip"', undefined],
    ['no list', list(string()), 'a', 'be a list', undefined],
    ['a short list', list(string(), { min: 1 }), [], 'be a list of at least 1 item', undefined],
    [
      'a long list',
      list(string(), { min: 1, max: 2 }),
      ['a', 'b', 'c'],
      'be a list of at least 1 and at most 2 items',
      undefined,
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
       - port must be a whole number from 1 to 9 (got 99).
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
      'prod/sample: name must be a string (got null).',
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
