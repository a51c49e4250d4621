import { RETRYABLE_CALL_ERRORS } from '../../contracts/job-errors';
import type { IGkeServiceTarget } from './gke-service-target-props';
import { IDEMPOTENT } from '../../contracts/services';
import { NEVER_INVOKED_ERRORS } from '../state-machine/asl/lambda-errors';
import { field, retryCalls, type Retrier } from '../state-machine/asl/states';
import { keyOf, pathOf, type ServiceCall, type ServiceCallProps } from './service-call';

/** The function gets a token before it calls the service. */
export const SECONDS_BEFORE_CALL = 35;

/** The call through the function of a target. */
export function functionCall(target: IGkeServiceTarget, call: ServiceCallProps): ServiceCall {
  const { props, step, at, execution, timeoutSeconds, retry, leave } = call;
  return {
    request: {
      'execution.$': execution,
      step,
      method: props.method,
      'key.$': keyOf(props),
      ...pathOf(props),
      query: { ...props.query },
      headers: { ...props.headers },
      ...field('body', props.body),
      statuses: { ...props.statuses },
      timeoutSeconds,
    },
    states: {
      [at('call')]: {
        Type: 'Task',
        Resource: target.functionArn,
        TimeoutSeconds: timeoutSeconds + SECONDS_BEFORE_CALL,
        Retry: [unanswered(props.method), ...retry],
        ...leave,
      },
    },
  };
}

/**
 * Without a response of the function, it is unknown whether the function called the service. Only a call that is
 * idempotent is then repeated.
 */
function unanswered(method: ServiceCallProps['props']['method']): Retrier {
  const tries = retryCalls(RETRYABLE_CALL_ERRORS, 3);
  if (IDEMPOTENT.includes(method)) return tries;
  return { ...tries, ErrorEquals: [...NEVER_INVOKED_ERRORS, ...RETRYABLE_CALL_ERRORS] };
}
