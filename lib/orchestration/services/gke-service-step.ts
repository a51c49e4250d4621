import { ApiGatewayTarget } from './api-gateway-target';
import { fieldsRead } from '../state-machine/fields-read';
import { pick } from '../state-machine/paths';
import { IDEMPOTENT } from '../../contracts/services';
import { GKE_ERRORS } from '../../contracts/job-errors';
import { RETRYABLE_SERVICE_ERRORS, SERVICE_ERRORS } from '../../contracts/service-errors';
import { field, type Retrier, type States } from '../state-machine/asl/states';
import { FallibleStep } from '../state-machine/fallible-step';
import type { RenderContext, StepRequirements } from '../state-machine/step';
import { apiGatewayCall } from './api-gateway-call';
import { functionCall, SECONDS_BEFORE_CALL } from './function-call';
import type { GkeServiceStepProps } from './gke-service-step-props';
import { gkeServiceCrossChecks, gkeServiceRules } from './gke-service-step-rules';
import { requiredFields } from '../state-machine/steps/required-fields';
import { retrier, retriersOf } from '../state-machine/steps/retry';
import type { ServiceCallProps } from './service-call';
import { checkStep } from '../state-machine/step-validation';

/** Limit of API Gateway, so that a service can move behind API Gateway. */
const DEFAULT_SECONDS = 29;

/** Three retries within half a minute. */
const INTERRUPTED = { attempts: 3, intervalSeconds: 2, backoffRate: 3, maxDelaySeconds: 20 };

/**
 * Calls a service in a cluster and continues if the service responds with 2xx. Other responses are errors with names
 * (`SERVICE_ERRORS`). No key is stored.
 *
 *   request (with a new key) -> call; retries have the same key
 */
export class GkeServiceStep extends FallibleStep {
  private readonly timeoutSeconds: number;

  constructor(
    name: string,
    private readonly props: GkeServiceStepProps,
  ) {
    super(name);
    checkStep(this, props, gkeServiceRules, gkeServiceCrossChecks);
    this.timeoutSeconds = props.timeoutSeconds ?? Math.min(DEFAULT_SECONDS, props.target.timeoutSeconds);
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    const { target, method } = this.props;
    if (target instanceof ApiGatewayTarget) {
      return {
        maxSeconds: this.timeoutSeconds,
        statements: [{ actions: ['execute-api:Invoke'], resources: target.arns(method) }],
      };
    }
    return {
      maxSeconds: this.timeoutSeconds + SECONDS_BEFORE_CALL,
      functions: [target],
      standardOnlyReason:
        'a call is traced by the execution, and of an Express one there is no history to look it up in',
    };
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    const { name, props } = this;
    const { target, resultSelector, resultPath } = props;
    const at = (part: string) => `${name}: ${part}`;
    const resultFields = fieldsRead(resultSelector);
    const resultStart = resultFields.length > 0 ? at('validate result') : at('result');
    const call: ServiceCallProps = {
      props,
      step: name,
      at,
      execution: context.execution,
      timeoutSeconds: this.timeoutSeconds,
      retry: this.retry(),
      leave: resultSelector === undefined ? { End: true } : { Next: resultStart },
    };
    const { request, states } =
      target instanceof ApiGatewayTarget ? apiGatewayCall(target, call) : functionCall(target, call);
    const requestFields = fieldsRead(request);
    const inside: States = {
      ...requiredFields({
        name: at('validate input'),
        fields: requestFields,
        next: at('request'),
        missing: {
          name: at('input incomplete'),
          error: GKE_ERRORS.BAD_REQUEST,
          subject: 'The input of the step',
        },
      }),
      // A separate state, so that a retry of the call has the same key.
      [at('request')]: { Type: 'Pass', Parameters: request, Next: at('call') },
      ...states,
      ...requiredFields({
        name: at('validate result'),
        fields: resultFields,
        next: at('result'),
        missing: {
          name: at('result incomplete'),
          error: SERVICE_ERRORS.RESULT_MISSING,
          subject: 'The service responded, but its response',
        },
      }),
      ...(resultSelector && { [at('result')]: { Type: 'Pass', Parameters: resultSelector, End: true } }),
    };
    return {
      [name]: {
        Type: 'Parallel',
        Branches: [
          { StartAt: requestFields.length > 0 ? at('validate input') : at('request'), States: inside },
        ],
        ResultSelector: pick(resultSelector ? Object.keys(resultSelector) : ['status', 'body'], '$[0]'),
        ...field('ResultPath', resultPath),
        Catch: this.catchers(),
        ...this.transition(context),
      },
    };
  }

  private retry(): Retrier[] {
    const { method, retry } = this.props;
    const named = new Set(Object.keys(retry ?? {}));
    const left = RETRYABLE_SERVICE_ERRORS.filter((error) => !named.has(error));
    const usual = IDEMPOTENT.includes(method) && left.length > 0 ? [retrier(left, INTERRUPTED)] : [];
    return [...usual, ...retriersOf(retry)];
  }
}
