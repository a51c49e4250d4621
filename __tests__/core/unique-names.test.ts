import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { checkUniqueName, requireUniqueName, type UniqueName } from '../../lib/core/unique-names';
import type { ValidationProblem } from '../../lib/core/errors';
import { refusal } from '../synth';

const NAME: UniqueName = { property: 'name', name: 'orders', among: 'queues of the account 1 in eu-west-1' };

function check(construct: Construct, unique: UniqueName = NAME): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  checkUniqueName(construct, unique, (problem) => problems.push(problem));
  return problems;
}

const twoStacks = () => {
  const app = new App();
  return [new TerraformStack(app, 'dev'), new TerraformStack(app, 'prod')] as const;
};

test('a name of another stack is rejected, with both paths', () => {
  const [dev, prod] = twoStacks();
  requireUniqueName(new Construct(dev, 'first'), NAME);
  expect(refusal(() => requireUniqueName(new Construct(prod, 'second'), NAME)).message).toBe(
    'prod/second: name must be unique among the queues of the account 1 in eu-west-1, in all stacks of the app (got "orders"). The construct dev/first has this name. Choose another name.',
  );
});

test.each<[string, Partial<UniqueName>]>([
  ['another name', { name: 'invoices' }],
  ['another region', { among: 'queues of the account 1 in us-east-1' }],
  ['another kind', { among: 'functions of the account 1 in eu-west-1' }],
])('%s is free', (_, other) => {
  const [dev, prod] = twoStacks();
  check(new Construct(dev, 'first'));
  expect(check(new Construct(prod, 'second'), { ...NAME, ...other })).toEqual([]);
});

test('a construct keeps its name', () => {
  const [dev] = twoStacks();
  const first = new Construct(dev, 'first');
  expect([...check(first), ...check(first)]).toEqual([]);
});

test('the name of a construct that its validation removed is free, also below a removed scope', () => {
  const [dev, prod] = twoStacks();
  const scope = new Construct(dev, 'scope');
  check(new Construct(scope, 'first'));
  dev.node.tryRemoveChild('scope');
  expect(check(new Construct(prod, 'second'))).toEqual([]);
});

test('two apps do not share names', () => {
  check(new Construct(twoStacks()[0], 'first'));
  expect(check(new Construct(twoStacks()[0], 'first'))).toEqual([]);
});

test('names that Terraform will know are not compared', () => {
  const [dev] = twoStacks();
  const name = new TerraformVariable(dev, 'name', { type: 'string' }).stringValue;
  check(new Construct(dev, 'first'), { ...NAME, name });
  expect(check(new Construct(dev, 'second'), { ...NAME, name })).toEqual([]);
});

test('the message shows the property from which a name derives', () => {
  const [dev, prod] = twoStacks();
  const derived = { ...NAME, property: 'displayName', value: 'Orders' };
  check(new Construct(dev, 'first'), derived);
  expect(check(new Construct(prod, 'second'), derived)).toMatchObject([
    { property: 'displayName', value: 'Orders' },
  ]);
});
