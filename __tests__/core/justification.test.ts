import { ValidationError } from '../../lib/core/errors';
import { Defaults } from '../../lib/defaults';
import { reportOf } from '../../lib/guardrails/report';
import { GoogleServiceAccount } from '../../lib/identity';
import { readSynthesizedStack } from '../../lib/model';
import { resource, synthesized, testStack } from '../synth';

const account = (reviewBy?: string) => {
  const stack = testStack();
  Defaults.of(stack).set({ project: { id: 'my-project', number: '123456789012' }, reason: 'reads books' });
  if (reviewBy !== undefined) Defaults.of(stack).set({ reviewBy });
  const reader = new GoogleServiceAccount(stack, 'reader', { accountId: 'reader' });
  reader.grants.bucketReader({ name: 'books' });
  return { stack, reader };
};

test('the day of a review is inherited, and a grant overrides it', () => {
  const { stack, reader } = account('2030-01-31');
  expect(resource(stack, 'google_storage_bucket_iam_member')['//']).toMatchObject({ reviewBy: '2030-01-31' });
  reader.grants.secretAccessor({ secretId: 'key' }, { reviewBy: '2029-06-30' });
  expect(resource(stack, 'google_secret_manager_secret_iam_member')['//']).toMatchObject({
    reviewBy: '2029-06-30',
  });
});

test('a review that is due is a finding of ACC002', () => {
  const { stack } = account('2020-01-31');
  const model = { stacks: [readSynthesizedStack(synthesized(stack), { name: 'prod' })] };
  const { findings } = reportOf(model, { profile: 'prod' });
  expect(findings.filter(({ rule }) => rule === 'ACC002')).toMatchObject([
    { message: 'The review was due on 2020-01-31.' },
    { message: 'The review was due on 2020-01-31.' },
  ]);
});

test.each([
  ['2030-1-31', /reviewBy must be a day as YYYY-MM-DD \(got "2030-1-31"\)/],
  ['2030-01-31T00:00:00Z', /must be a day as YYYY-MM-DD .*Write "2030-01-31"\.$/],
  ['2030-02-30', /must be a day of the calendar/],
  ['${var.day}', /must not contain "\$\{"|must be/],
])('%s is no day', (reviewBy, message) => {
  expect(() => account(reviewBy)).toThrow(ValidationError);
  expect(() => account(reviewBy)).toThrow(message);
});
