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
   * Headers, without those of authentication and message framing. A name that ends in `.$` has a path as its
   * value.
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Body as JSON. Keys with the suffix `.$` have paths as values.
   * @default - no body
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
   * @default - names of `SERVICE_ERRORS`
   */
  readonly statuses?: Readonly<Record<number, string>>;
  /**
   * Seconds that the service may take to answer: 1 to those of the target, and at most 29 behind API Gateway.
   * @default 29
   */
  readonly timeoutSeconds?: number;
  /**
   * Further attempts per error name. GET, HEAD, PUT and DELETE have three after
   * `GKE.Service.Unavailable`, `GKE.Service.Timeout` and `GKE.Service.Throttled`. POST
   * and PATCH have none, because a service that ignores the idempotency key would do its work twice.
   * @default - as above
   */
  readonly retry?: RetryByError;
  /**
   * Selection of fields of the result (`status`, `body`): `{ "score.$": "$.body.score" }`.
   * @default - both
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Reference path of the result in the input.
   * @default - the result replaces the input
   */
  readonly resultPath?: string;
}
