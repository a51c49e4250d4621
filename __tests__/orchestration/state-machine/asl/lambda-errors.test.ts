import {
  NEVER_INVOKED_ERRORS,
  TRANSIENT_LAMBDA_ERRORS,
} from '../../../../lib/orchestration/state-machine/asl/lambda-errors';
import { canAbandonJobs } from '../../../../lib/orchestration/state-machine/asl/abandoned-jobs';
import { LambdaStep } from '../../../../lib/orchestration/state-machine/steps/lambda-step';
import type { Retrier } from '../../../../lib/orchestration/state-machine/asl/states';

const functionArn = 'arn:aws:lambda:eu-west-1:210987654321:function:f:live';

// Errors of the Invoke API after which the function has not run.
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
const BEFORE_THE_CALL = [
  'EC2AccessDeniedException',
  'EC2ThrottledException',
  'EC2UnexpectedException',
  'EFSMountConnectivityException',
  'EFSMountFailureException',
  'EFSMountTimeoutException',
  'ENILimitReachedException',
  'KMSAccessDeniedException',
  'KMSDisabledException',
  'KMSInvalidStateException',
  'KMSNotFoundException',
  'ResourceConflictException',
  'ResourceNotReadyException',
  'SnapStartException',
  'SnapStartNotReadyException',
  'SnapStartTimeoutException',
  'SubnetIPAddressLimitReachedException',
  'TooManyRequestsException',
].map((name) => `Lambda.${name}`);

const UNDECIDED = ['Lambda.Unknown', 'Runtime.ExitError', 'Lambda.EFSIOException'];

test.each([...BEFORE_THE_CALL, ...UNDECIDED])('a call that may be repeated is retried after %s', (error) => {
  const { Retry } = new LambdaStep('L', { functionArn }).render({ execution: '$$.Execution.Id' }).L as {
    readonly Retry: readonly Retrier[];
  };
  expect(Retry.find(({ ErrorEquals }) => ErrorEquals.includes(error))).toMatchObject({ MaxAttempts: 3 });
});

test('errors before the call do not include errors of a function that may have run', () => {
  expect([...NEVER_INVOKED_ERRORS].sort()).toEqual([...BEFORE_THE_CALL].sort());
  expect(TRANSIENT_LAMBDA_ERRORS).toHaveLength(new Set(TRANSIENT_LAMBDA_ERRORS).size);
});

test('transient errors are those before the call, and those that do not state whether the function ran', () => {
  expect([...TRANSIENT_LAMBDA_ERRORS].sort()).toEqual(
    [
      ...BEFORE_THE_CALL,
      ...UNDECIDED,
      'Lambda.AWSLambdaException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.SdkClientException',
      'Lambda.ServiceException',
      'Sandbox.Timedout',
      'States.Timeout',
    ].sort(),
  );
});

test.each(TRANSIENT_LAMBDA_ERRORS)(
  'after the handler of %s an execution that succeeds may leave a job',
  (error) => {
    const state = { Type: 'Task', Catch: [{ ErrorEquals: [error], Next: 'B' }], Next: 'B' };
    expect(canAbandonJobs({ StartAt: 'A', States: { A: state, B: { Type: 'Succeed' } } })).toBe(true);
  },
);
