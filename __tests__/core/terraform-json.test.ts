import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DefaultTokenResolver,
  Fn,
  StringConcat,
  Tokenization,
  Lazy,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from 'cdktf';
import { terraformJson } from '../../lib/core/terraform-json';

const HARD = 'Ada "Countess" King\nC:\\new ${HOME} %{x} \u2603 "';

/** The JSON value that real Terraform evaluates from a text. */
function evaluated(
  make: (variable: (value: unknown, type: string) => TerraformVariable) => unknown,
): unknown {
  const stack = new TerraformStack(Testing.app(), 'text');
  let count = 0;
  const variables: TerraformVariable[] = [];
  const values: Record<string, unknown> = {};
  const value = make((given, type) => {
    const variable = new TerraformVariable(stack, `v${count++}`, { type });
    variables.push(variable);
    values[variable.friendlyUniqueId] = given;
    return variable;
  });
  new TerraformOutput(stack, 'json', { value: terraformJson(value, 2), staticId: true });
  const directory = mkdtempSync(join(tmpdir(), 'terraform-json-'));
  try {
    writeFileSync(join(directory, 'main.tf.json'), Testing.synth(stack));
    writeFileSync(join(directory, 'terraform.tfvars.json'), JSON.stringify(values));
    const terraform = (...args: string[]) =>
      execFileSync('terraform', args, {
        cwd: directory,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: '1' },
      });
    terraform('init', '-no-color');
    terraform('apply', '-auto-approve', '-no-color');
    return JSON.parse((JSON.parse(terraform('output', '-json')) as { json: { value: string } }).json.value);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

test('Terraform evaluates literal text to the same JSON, also beside tokens', () => {
  const literal = ['${A}', '$${A}', '$$${A}', '%{if}', '%%{if}', HARD, '$', '$$'];
  const result = evaluated((variable) => {
    const text = variable('books', 'string').stringValue;
    return { literal, ['key ${A}']: 1, whole: text, part: `cost $${text} and %${text}` };
  });
  expect(result).toEqual({ literal, 'key ${A}': 1, whole: 'books', part: 'cost $books and %books' });
});

test('Terraform encodes the values of tokens, whatever characters they have', () => {
  const result = evaluated((variable) => {
    const text = variable(HARD, 'string').stringValue;
    return {
      whole: text,
      part: `<${text}|${text}>`,
      [`key ${text}`]: 1,
      json: Fn.jsonencode({ who: text, braces: '}{' }),
      upper: Fn.upper(text),
      number: Token.asString(variable(42, 'number').numberValue),
      lazy: Lazy.stringValue({ produce: () => `a "quoted" \\ text and ${text}` }),
      plain: Lazy.stringValue({ produce: () => 'a "quoted"\ntext' }),
    };
  });
  expect(result).toEqual({
    whole: HARD,
    part: `<${HARD}|${HARD}>`,
    [`key ${HARD}`]: 1,
    json: JSON.stringify({ braces: '}{', who: HARD }),
    upper: HARD.toUpperCase(),
    number: '42',
    lazy: `a "quoted" \\ text and ${HARD}`,
    plain: 'a "quoted"\ntext',
  });
});

test('Terraform encodes lists, maps and numbers that are tokens', () => {
  const result = evaluated((variable) => ({
    list: variable(['a "b"', '\\'], 'list(string)').listValue,
    map: Token.asStringMap(variable({ 'a "b"': 'c\nd' }, 'map(string)').value),
    any: Token.asAnyMap(variable({ a: 1 }, 'map(number)').value),
    object: variable({ a: [true, null] }, 'any').value,
    number: variable(7, 'number').numberValue,
  }));
  expect(result).toEqual({
    list: ['a "b"', '\\'],
    map: { 'a "b"': 'c\nd' },
    any: { a: 1 },
    object: { a: [true, null] },
    number: 7,
  });
});

test('attributes that a cloud restricts stay readable references', () => {
  const stack = new TerraformStack(Testing.app(), 'text');
  const json = (expression: string) =>
    Tokenization.resolve(terraformJson({ a: Token.asString(ref(expression)) }), {
      scope: stack,
      resolver: new DefaultTokenResolver(new StringConcat()),
      preparing: false,
    }) as string;
  const ref = (expression: string) => ({
    creationStack: [],
    resolve: () => `\${${expression}}`,
    toString: () => '',
  });
  for (const plain of [
    'aws_sns_topic.a.arn',
    'data.google_project.p.number',
    'aws_lambda_alias.a.function_name',
  ]) {
    expect(json(plain)).toBe(`{"a":"\${${plain}}"}`);
  }
  expect(json('aws_sns_topic.a.display')).toBe(
    '{"a":"${substr(jsonencode(substr(aws_sns_topic.a.display, 0, -1)), 1, length(jsonencode(substr(aws_sns_topic.a.display, 0, -1))) - 2)}"}',
  );
});
