import { ModelIndex, readSynthesizedStack } from '../../lib/model';
import { documentOf } from '../../lib/model/document';
import { templateValue } from '../../lib/model/values/template';
import { terraformJson } from '../../lib/core/terraform-json';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Fn, TerraformOutput, TerraformVariable } from 'cdktf';
import { synthesized, testStack } from '../synth';

const reference = (address: string, attribute: string) => ({ $kind: 'reference', address, attribute });
const arn = reference('a_b.x', 'arn');

test.each([
  ['a literal', '{"a":[1,null,"$${x}"]}', { a: [1, null, '${x}'] }],
  ['a list', '[]', []],
  [
    'an expression in a text',
    '{"a":"p-${a_b.x.arn}/*"}',
    { a: { $kind: 'template', parts: ['p-', arn, '/*'] } },
  ],
  ['a whole text', '{"a":"${a_b.x.arn}"}', { a: arn }],
  [
    'an expression in place of a value',
    '{"a":${jsonencode(a_b.x.arn)},"b":${a_b.x.arn}}',
    { a: arn, b: arn },
  ],
  [
    'an expression after an escaped quotation mark',
    '{"a":"\\"${a_b.x.arn}\\""}',
    { a: { $kind: 'template', parts: ['"', arn, '"'] } },
  ],
  [
    'a key with an expression',
    '{"${a_b.x.arn}:sub":"$${y}","$${z}":1}',
    { '${a_b.x.arn}:sub': '${y}', '$${z}': 1 },
  ],
  ['jsonencode', '${jsonencode({ a = [a_b.x.arn], b = { c = true } })}', { a: [arn], b: { c: true } }],
])('parses %s', (_, text, value) => {
  expect(documentOf(templateValue(text))).toEqual({ kind: 'parsed', value });
});

test.each([
  ['a reference', '${a_b.x.json}'],
  ['a function', '${file("policy.json")}'],
  ['a text that is JSON with its expressions only', '{"a":1${a_b.x.rest}'],
])('%s is unknown', (_, text) => {
  expect(documentOf(templateValue(text))).toEqual({ kind: 'unknown', value: templateValue(text) });
});

test.each([['text'], ['{"a":'], ['']])('the text %j is invalid', (text) => {
  expect(documentOf(text)).toEqual({ kind: 'invalid' });
});

test('an omitted value and a block are invalid', () => {
  expect(documentOf(undefined)).toEqual({ kind: 'invalid' });
  expect(documentOf({ a: 1 })).toEqual({ kind: 'invalid' });
});

test('a document that exhausts the stack is invalid', () => {
  expect(documentOf(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toEqual({ kind: 'invalid' });
});

test('text that looks like a mark of the parser stays text', () => {
  const marked = '{"a":"\uE0000\uE001","b":"${a_b.x.arn}"}';
  expect(documentOf(templateValue(marked))).toMatchObject({ kind: 'parsed', value: { b: arn } });
  expect(documentOf('{"a":"\uE0000\uE001"}')).toMatchObject({ kind: 'parsed' });
});

test('reads back what terraformJson writes', () => {
  const stack = testStack();
  const title = new TerraformVariable(stack, 'title', {}).stringValue;
  const { email, uniqueId } = new ServiceAccount(stack, 'account', { accountId: 'books-app' });
  const json = { text: `$ "${title}" \${literal}`, list: Fn.tolist([uniqueId]), email };
  new TerraformOutput(stack, 'json', { value: terraformJson(json) });
  const model = readSynthesizedStack(synthesized(stack), { name: 'prod' });
  const index = new ModelIndex({ stacks: [model] });
  // The test stack has a provider with a project.
  const account = 'books-app@my-project.iam.gserviceaccount.com';
  expect(index.document('prod', model.outputs[0]?.value)).toEqual({
    kind: 'parsed',
    value: {
      text: { $kind: 'template', parts: ['$ "', reference('var.title', ''), '" ${literal}'] },
      list: {
        $kind: 'call',
        name: 'tolist',
        arguments: [[reference('google_service_account.account', 'unique_id')]],
      },
      email: account,
    },
  });
});
