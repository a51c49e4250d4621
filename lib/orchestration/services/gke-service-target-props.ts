import type { JustificationProps } from '../../core/justification';
import type { AwsAccount } from '../../aws/account';
import type { IInvocableFunction } from '../targets/target';
import type { ServiceMethod } from '../../contracts/services';
import type { ServiceAuth } from './service-auth';
import type { FunctionOptions, AwsProviderOptions } from '../../aws/options';
import type { GoogleProviderOptions } from '../../google/options';

/** A service in a cluster that one function may call: what a `GkeServiceStep` names. */
export interface IGkeServiceTarget extends IInvocableFunction {
  /** Allowed methods. */
  readonly methods: readonly ServiceMethod[];
  /** Allowed paths, each with all paths below. */
  readonly paths: readonly string[];
  /** Longest call in seconds. */
  readonly timeoutSeconds: number;
}

/** Subnets of the function, for a service that has a private address. */
export interface FunctionVpc {
  /** Subnets with a way to the service, to AWS STS and, for an ID token, to Google's APIs: 1 to 16. */
  readonly subnetIds: readonly string[];
  /** Security groups: 1 to 5. */
  readonly securityGroupIds: readonly string[];
}

/** Props of a `GkeServiceTarget`. */
export interface GkeServiceTargetProps
  extends JustificationProps, FunctionOptions, AwsProviderOptions, GoogleProviderOptions {
  /**
   * Name: 1 to 40 lower-case letters, digits and hyphens. Function and role are named after it.
   * @default - the path of the construct, with hyphens; a change of the path renames the resources
   */
  readonly name?: string;
  /**
   * Account and region of the function.
   * @default - the account of the federation, else of `Defaults.of(scope)`; required if there is none
   */
  readonly account?: AwsAccount;
  /** Address of the service: an https URL without a query. */
  readonly url: string;
  /** Authentication of the function: `ServiceAuth.awsToken({ … })` or `ServiceAuth.googleIdToken({ … })`. */
  readonly auth: ServiceAuth;
  /**
   * Allowed methods.
   * @default - GET and POST
   */
  readonly methods?: readonly ServiceMethod[];
  /**
   * Allowed paths, each with all paths below: `/v1` allows `/v1` and `/v1/…`.
   * @default - all
   */
  readonly paths?: readonly string[];
  /**
   * Certificate authority of the service, as PEM, where it is not a public one.
   * @default - public certificate authorities
   */
  readonly certificateAuthority?: string;
  /**
   * Subnets of the function, for a service behind an internal load balancer that a VPN or Interconnect leads to.
   * @default - the function is in no VPC
   */
  readonly vpc?: FunctionVpc;
  /**
   * Longest call in seconds: 1 to 840.
   * @default 60
   */
  readonly timeoutSeconds?: number;
  /**
   * Maximum size of a response in bytes: 1 to 200,000. Step Functions passes at most 262,144 bytes between states.
   * @default 100,000
   */
  readonly responseBytes?: number;
}
