import { LambdaStep } from '../../../../lib/orchestration/state-machine/steps/lambda-step';

const functionArn = 'arn:aws:lambda:eu-west-1:210987654321:function:f:live';
const retriers = (retry: ConstructorParameters<typeof LambdaStep>[1]['retry']) =>
  (
    new LambdaStep('L', { functionArn, retry }).render({ execution: '$$.Execution.Id' }).L as {
      readonly Retry: readonly object[];
    }
  ).Retry as {
    readonly ErrorEquals: readonly string[];
    readonly MaxAttempts: number;
  }[];

test('retries of all errors come last, after the errors of Lambda and after named errors', () => {
  const found = retriers({ 'States.ALL': { attempts: 2 }, 'My.Error': { attempts: 5 } });
  expect(found.map(({ ErrorEquals }) => ErrorEquals[0])).toEqual([
    'My.Error',
    'Lambda.ServiceException',
    'States.ALL',
  ]);
  expect(found.filter(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'))).toEqual([
    expect.objectContaining({ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }),
  ]);
});

test('a named error of Lambda has the retries of the user', () => {
  const found = retriers({ 'Lambda.ServiceException': { attempts: 9 } });
  expect(found.find(({ ErrorEquals }) => ErrorEquals.includes('Lambda.ServiceException'))!.MaxAttempts).toBe(
    9,
  );
});
