import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Construct } from 'constructs';
import { Defaults, type DefaultValues } from '../../lib/defaults';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { resource, sibling, testStack } from '../synth';

const project = { id: 'my-project', number: '123456789012' };
const account = (scope: Construct, id = 'account', props = {}) =>
  new GoogleServiceAccount(scope, id, { project, accountId: 'reader', ...props });
const described = (stack: ReturnType<typeof testStack>, kind = 'google_service_account') =>
  resource(stack, kind).description;

test('a construct inherits the reason and the owner of its stack', () => {
  const stack = testStack();
  Defaults.of(stack).set({ reason: 'reads books', owner: 'team-books' });
  account(stack);
  expect(described(stack)).toBe('reads books (owner: team-books)');
});

test('the nearest scope wins, for each prop alone', () => {
  const stack = testStack();
  Defaults.of(stack).set({ reason: 'reads books', owner: 'team-books' });
  const inner = new Construct(stack, 'inner');
  Defaults.of(inner).set({ reason: 'reads covers' });
  account(inner);
  expect(described(stack)).toBe('reads covers (owner: team-books)');
});

test('a prop overrides the default', () => {
  const stack = testStack();
  Defaults.of(stack).set({ reason: 'reads books' });
  account(stack, 'account', { reason: 'writes books' });
  expect(described(stack)).toBe('writes books');
});

test('all stacks of an app inherit from the app', () => {
  const stack = testStack();
  Defaults.of(stack.node.root).set({ reason: 'reads books' });
  const other = sibling(stack, 'other');
  account(other);
  expect(described(other)).toBe('reads books');
});

test('defaults of one stack do not apply to another', () => {
  const stack = testStack();
  Defaults.of(stack).set({ reason: 'reads books' });
  expect(() => account(sibling(stack, 'other'))).toThrow(
    'other/account: reason is required. Set it here or with Defaults.of(scope).',
  );
});

test('later calls add values', () => {
  const stack = testStack();
  Defaults.of(stack).set({ reason: 'reads books' }).set({ owner: 'team-books', ticket: undefined });
  account(stack);
  expect(described(stack)).toBe('reads books (owner: team-books)');
});

test('rejects a value that a construct already inherited, or would have inherited', () => {
  const stack = testStack();
  Defaults.of(stack).set({ reason: 'reads books' });
  account(stack);
  expect(() => Defaults.of(stack).set({ reason: 'reads covers' })).toThrow(
    'Defaults.of(prod): reason must be set before the first construct that inherits it (prod/account) (got "reads covers"). Call Defaults.of(scope).set(…) first.',
  );
  expect(() => Defaults.of(stack.node.root).set({ owner: 'team' })).toThrow(
    /^Defaults\.of\(app\): owner must be set before the first construct/,
  );
});

test('a construct that sets a prop does not prevent a later default', () => {
  const stack = testStack();
  account(stack, 'first', { reason: 'reads books' });
  expect(() => Defaults.of(stack).set({ reason: 'reads covers' })).not.toThrow();
});

test('rejects a provider of another stack', () => {
  const stack = testStack();
  const other = sibling(stack, 'other');
  const googleProvider = new GoogleProvider(other, 'second', { alias: 'second' });
  Defaults.of(stack.node.root).set({ googleProvider });
  expect(() => account(stack, 'account', { reason: 'reads' })).toThrow(
    'prod/account: googleProvider must be a provider of the stack of the construct, and Defaults has one of another stack (got "other/second"). Set it here, or call Defaults.of(…) on each stack.',
  );
  expect(() => account(other, 'account', { reason: 'reads' })).not.toThrow();
});

test.each<[string, unknown, string]>([
  ['a reason of two lines', { reason: 'a\nb' }, 'reason must be one line of text'],
  ['an account without a region', { account: { id: '210987654321' } }, 'account.region is required.'],
  ['a project id in capitals', { project: { id: 'My-Project' } }, 'project.id must be a project id: 6 to 30'],
  ['an alarm action that is no ARN', { alarmActions: ['topic'] }, 'alarmActions[0] must be an ARN'],
  ['a retention that no log group has', { logRetentionDays: 8 }, 'logRetentionDays must be one of'],
  ['an alias for a key', { kmsKeyArn: 'alias/x' }, 'kmsKeyArn must be the ARN of a key'],
  ['another provider', { awsProvider: {} }, 'awsProvider must be a provider of aws'],
  ['a misspelt property', { reson: 'x' }, 'reson is not a property. Did you mean "reason"?'],
])('rejects %s and stores nothing', (_, values, message) => {
  const stack = testStack();
  expect(() => Defaults.of(stack).set({ owner: 'team', ...(values as DefaultValues) })).toThrow(
    `Defaults.of(prod): ${message}`,
  );
  account(stack, 'account', { reason: 'reads' });
  expect(described(stack)).toBe('reads');
});
