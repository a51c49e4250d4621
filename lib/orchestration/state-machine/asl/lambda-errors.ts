/*
 * Errors of a Lambda invocation, as Step Functions names them: `Lambda.` and the exception of the Invoke API, or the
 * error type that the runtime reports.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html
 */

/** Errors with which Lambda ends an invocation before the function runs. A repeated call is the first for the function. */
export const NEVER_INVOKED_ERRORS: readonly string[] = [
  'Lambda.TooManyRequestsException',
  'Lambda.ResourceConflictException',
  'Lambda.ResourceNotReadyException',
  'Lambda.EC2AccessDeniedException',
  'Lambda.EC2ThrottledException',
  'Lambda.EC2UnexpectedException',
  'Lambda.ENILimitReachedException',
  'Lambda.SubnetIPAddressLimitReachedException',
  'Lambda.KMSAccessDeniedException',
  'Lambda.KMSDisabledException',
  'Lambda.KMSInvalidStateException',
  'Lambda.KMSNotFoundException',
  'Lambda.EFSMountConnectivityException',
  'Lambda.EFSMountFailureException',
  'Lambda.EFSMountTimeoutException',
  'Lambda.SnapStartException',
  'Lambda.SnapStartNotReadyException',
  'Lambda.SnapStartTimeoutException',
];

/**
 * Errors that do not state whether the function did its work. `Lambda.Unknown` and `Runtime.ExitError` are a runtime that
 * crashed, for example without memory.
 */
const AMBIGUOUS_ERRORS: readonly string[] = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.EFSIOException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Sandbox.Timedout',
  'States.Timeout',
];

/** Errors after which a call that may be made twice is repeated. */
export const TRANSIENT_LAMBDA_ERRORS: readonly string[] = [...AMBIGUOUS_ERRORS, ...NEVER_INVOKED_ERRORS];
