import type { ApiGatewayTarget } from './api-gateway-target';
import { IDEMPOTENCY_HEADER } from '../../contracts/services';
import { errorOfStatus, SERVICE_ERRORS } from '../../contracts/service-errors';
import { field, type State, type States } from '../state-machine/asl/states';
import { keyOf, pathOf, type ServiceCall, type ServiceCallProps } from './service-call';

/** Statuses with an error name each: Step Functions compares whole names. */
const STATUSES = [
  ...[300, 301, 302, 303, 304, 305, 307, 308],
  ...[400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418],
  ...[421, 422, 423, 424, 425, 426, 428, 429, 431, 451],
  ...[500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511],
];

const CONNECTION_ERRORS = ['ApiGateway.SdkClientException', 'ApiGateway.AbortedException'];

/**
 * The call through API Gateway, whose errors are named by status (`ApiGateway.404`), and a state for each name of the
 * step that they become. https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
 */
export function apiGatewayCall(target: ApiGatewayTarget, call: ServiceCallProps): ServiceCall {
  const { props, at, timeoutSeconds, retry, leave } = call;
  const byName = errorsByName(props.statuses ?? {});
  const failures = [...byName].map(([name, errors]) => ({ name, errors, state: at(partOf(name, errors)) }));
  return {
    request: {
      ...pathOf(props),
      headers: lists({ ...props.headers, [`${IDEMPOTENCY_HEADER}.$`]: keyOf(props) }),
      query: lists(props.query),
      ...field('body', props.body),
    },
    states: {
      [at('call')]: {
        Type: 'Task',
        Resource: 'arn:aws:states:::apigateway:invoke',
        Parameters: {
          ApiEndpoint: target.endpoint,
          // API Gateway serves this stage at the root of the API, so the URL does not contain its name.
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
          ...(target.stage === '$default' ? {} : { Stage: target.stage }),
          Method: props.method,
          'Path.$': '$.path',
          'Headers.$': '$.headers',
          'QueryParameters.$': '$.query',
          ...(props.body === undefined ? {} : { 'RequestBody.$': '$.body' }),
          AuthType: 'IAM_ROLE',
        },
        ResultSelector: { 'status.$': '$.StatusCode', 'body.$': '$.ResponseBody' },
        TimeoutSeconds: timeoutSeconds,
        Retry: retry.map((each) => ({
          ...each,
          ErrorEquals: each.ErrorEquals.flatMap((name) => byName.get(name) ?? [name]),
        })),
        Catch: failures.map(({ errors, state }) => ({
          ErrorEquals: errors,
          ResultPath: '$.error',
          Next: state,
        })),
        ...leave,
      },
      ...(Object.fromEntries(failures.map(({ name, state }) => [state, failure(name)])) as States),
    },
  };
}

/** Name of the state for an error. The name of an error can be longer than the name of a state. */
function partOf(name: string, [first = name]: readonly string[]): string {
  const [, known] = /^GKE\.Service\.(\w{1,11})$/.exec(name) ?? [];
  return known ?? first.replace('ApiGateway.', 'status ');
}

function failure(name: string): State {
  return { Type: 'Fail', Error: name, CausePath: '$.error.Cause' };
}

/** Values are lists, as a name may stand several times. */
function lists(values: Readonly<Record<string, string>> = {}): State {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name.endsWith('.$') ? `States.Array(${value})` : [value],
    ]),
  );
}

/** Errors of Step Functions by the name that the step gives them. */
function errorsByName(names: Readonly<Record<string, string>>): Map<string, string[]> {
  const found = new Map<string, string[]>([
    [SERVICE_ERRORS.TIMEOUT, ['States.Timeout']],
    [SERVICE_ERRORS.UNAVAILABLE, [...CONNECTION_ERRORS]],
  ]);
  const statuses = new Set([...STATUSES, ...Object.keys(names).map(Number)]);
  for (const status of [...statuses].sort((a, b) => a - b)) {
    const name = errorOfStatus(status, names);
    found.set(name, [...(found.get(name) ?? []), `ApiGateway.${status}`]);
  }
  return found;
}
