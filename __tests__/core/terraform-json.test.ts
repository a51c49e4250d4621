import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
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
