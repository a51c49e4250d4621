import { templateValue } from '../../../lib/model/values/template';
import type { ReferenceValue } from '../../../lib/model/values/value';

const reference = (address: string, attribute: string): ReferenceValue => ({
  $kind: 'reference',
  address,
  attribute,
});

test.each([
  ['plain text', 'plain text'],
  ['', ''],
  ['$${aws:username} and %%{if}', '${aws:username} and %{if}'],
  ['costs $5, 100 %', 'costs $5, 100 %'],
  ['${"a"}b${1}${true}', 'ab1true'],
  ['${5}', 5],
  ['${-1.5e3}', -1500],
  ['${true}', true],
  ['${null}', null],
  ['${ ["a", 2,] }', ['a', 2]],
  ['${{ a = 1, "b" : "c" }}', { a: 1, b: 'c' }],
  ['${{ a = 1\n b = 2 }}', { a: 1, b: 2 }],
  ['${"quoted \\"text\\"\\n\\u00e9"}', 'quoted "text"\né'],
  ['${("a")}', 'a'],
])('evaluates the literal %j', (text, value) => {
  expect(templateValue(text)).toEqual(value);
});

test.each([
  ['${aws_iam_role.x.arn}', 'aws_iam_role.x', 'arn'],
  ['${ aws_iam_role.x.arn }', 'aws_iam_role.x', 'arn'],
  ['${~ aws_iam_role.x.arn ~}', 'aws_iam_role.x', 'arn'],
  ['${data.aws_region.here.name}', 'data.aws_region.here', 'name'],
  ['${google_x.start-role_A1.id}', 'google_x.start-role_A1', 'id'],
  ['${aws_iam_role.x}', 'aws_iam_role.x', ''],
  ['${aws_iam_role.x[0].arn}', 'aws_iam_role.x[0]', 'arn'],
  ['${aws_iam_role.x["a.b"].arn}', 'aws_iam_role.x["a.b"]', 'arn'],
  ['${aws_iam_role.x.0.arn}', 'aws_iam_role.x[0]', 'arn'],
  ['${c.x.a[0].b["k.1"].c}', 'c.x', 'a[0].b["k.1"].c'],
  ['${var.project}', 'var.project', ''],
  ['${var.settings.region}', 'var.settings', 'region'],
  ['${local.names[1]}', 'local.names', '[1]'],
  ['${module.network.subnets[0]}', 'module.network', 'subnets[0]'],
  ['${module.network["eu"].id}', 'module.network["eu"]', 'id'],
  ['${each.value.role}', 'each.value', 'role'],
  ['${count.index}', 'count.index', ''],
  ['${self.id}', 'self', 'id'],
  ['${terraform.workspace}', 'terraform.workspace', ''],
])('reads %s as a reference', (text, address, attribute) => {
  expect(templateValue(text)).toEqual(reference(address, attribute));
});

test('keeps the parts of a text with several references', () => {
  expect(templateValue('arn:${a_b.x.partition}:s3:::${a_b.y.bucket}/*')).toEqual({
    $kind: 'template',
    parts: ['arn:', reference('a_b.x', 'partition'), ':s3:::', reference('a_b.y', 'bucket'), '/*'],
  });
});

test('flattens a template in a template', () => {
  expect(templateValue('a${"b${a_b.x.id}c"}d')).toEqual({
    $kind: 'template',
    parts: ['ab', reference('a_b.x', 'id'), 'cd'],
  });
});

test('keeps the arguments of a function', () => {
  expect(templateValue('${jsonencode({"Resource" = [a_b.x.arn, "${a_b.x.arn}/*"]})}')).toEqual({
    $kind: 'call',
    name: 'jsonencode',
    arguments: [
      {
        Resource: [
          reference('a_b.x', 'arn'),
          { $kind: 'template', parts: [reference('a_b.x', 'arn'), '/*'] },
        ],
      },
    ],
  });
  expect(templateValue('${provider::aws::arn_parse(var.arn)}')).toEqual({
    $kind: 'call',
    name: 'provider::aws::arn_parse',
    arguments: [reference('var.arn', '')],
  });
});

test('keeps the text of a key that is computed', () => {
  expect(templateValue('${{ "${a_b.x.url}:sub" = 1, (var.k) = 2, "$${lit}" = 3 }}')).toEqual({
    '${a_b.x.url}:sub': 1,
    '${var.k}': 2,
    '$${lit}': 3,
  });
});

test.each([
  ['${var.on ? a_b.x.id : a_b.y.id}', ['var.on', 'a_b.x', 'a_b.y']],
  ['${1 + var.n * -var.m}', ['var.n', 'var.m']],
  ['${!var.on && a_b.x.flag == "yes" || 1 >= 2}', ['var.on', 'a_b.x']],
  ['${a_b.x[*].id}', ['a_b.x']],
  ['${a_b.x.*.id}', ['a_b.x']],
  ['${a_b.x[each.key].id}', ['a_b.x', 'each.key']],
  ['${a_b.x.list[var.i]}', ['a_b.x', 'var.i']],
  ['${split("/", a_b.x.id)[0]}', ['a_b.x']],
  ['${(a_b.x.list)[0]}', ['a_b.x']],
  ['${[for k, v in var.map : "${k}=${v.name}-${a_b.x.id}" if v.on]}', ['var.map', 'a_b.x']],
  ['${{ for s in var.list : s.id => upper(s.name)... }}', ['var.list']],
  ['${a_b.x.id /* why */ == "#" # because\n}', ['a_b.x']],
  ['%{ if var.on }${a_b.x.id}%{ endif }', ['var.on', 'a_b.x']],
  ['${a_b.x.id', ['a_b.x']],
  ['${a_b.x.id @@}', ['a_b.x']],
])('names the references of %s', (text, addresses) => {
  expect(templateValue(text)).toMatchObject({
    $kind: 'expression',
    references: addresses.map((address) => ({ $kind: 'reference', address })),
  });
});

test('an iterator of a dynamic block is no resource', () => {
  expect(templateValue('${rule.value.port}', ['rule'])).toEqual({
    $kind: 'expression',
    text: 'rule.value.port',
    references: [],
  });
});

test('an object cannot pretend to be a computed value', () => {
  expect(templateValue('${{ "$kind" = "reference", a = a_b.x.id }}')).toEqual({
    $kind: 'expression',
    text: 'an object with the member "$kind"',
    references: [reference('a_b.x', 'id')],
  });
});

test('deep nesting does not exhaust the stack', () => {
  const deep = `\${${'('.repeat(100_000)}a_b.x.id${')'.repeat(100_000)}}`;
  expect(templateValue(deep)).toMatchObject({ $kind: 'expression' });
});
