import type { ApiGatewayTarget } from './api-gateway-target';
import type { IGkeServiceTarget } from './gke-service-target-props';
import type { ServiceMethod } from '../../contracts/services';
import type { RetryByError } from '../state-machine/steps/retry';

/** Props of a `GkeServiceStep`. */
export interface GkeServiceStepProps {
  /** The service, and how the caller is proved: a `GkeServiceTarget`, or an `ApiGatewayTarget`. */
  readonly target: IGkeServiceTarget | ApiGatewayTarget;
  /** Method: one of the target's. */
  readonly method: ServiceMethod;
  /** Path: `/v1/score`, or what gives one when the step runs, for example `States.Format('/v1/orders/{}', $.order)`. */
  readonly path: string;
  /**
   * Parameters of the URL. A name that ends in `.$` has a path as its value, which gives a text.
   * @default - none
   */
  readonly query?: Readonly<Record<string, string>>;
  /**
   * Headers, but for those that say who calls and how the message is cut. A name that ends in `.$` has a path as its
   * value.
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * What is sent as JSON: keys that end in `.$` hold paths into the input.
   * @default - nothing
   */
  readonly body?: Readonly<Record<string, unknown>>;
  /**
   * Path of the value of the header `Idempotency-Key`, 1 to 255 visible characters: all tries of the step have the
   * same.
   * @default - a new UUID each time the step is entered
   */
  readonly idempotencyKeyPath?: string;
  /**
   * Names of statuses: `{ 409: 'AlreadyBooked' }`. Others are named by `SERVICE_ERRORS`.
   * @default - none has a name of its own
   */
  readonly statuses?: Readonly<Record<number, string>>;
  /**
   * Seconds that the service may take to answer: 1 to those of the target, and at most 29 behind API Gateway.
   * @default 29
   */
  readonly timeoutSeconds?: number;
  /**
   * Other tries, by the name of the error. GET, HEAD, PUT and DELETE are tried three times more after
   * `GKE.Service.Unavailable`, `GKE.Service.Timeout` and `GKE.Service.Throttled` unless something else is said; POST
   * and PATCH are not, since a service that does not know the idempotency key would do its work twice.
   * @default - as above
   */
  readonly retry?: RetryByError;
  /**
   * What is taken of the result (`status`, `body`): `{ "score.$": "$.body.score" }`.
   * @default - both
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Where it is put into the input.
   * @default - it takes the place of the input
   */
  readonly resultPath?: string;
}
