import type { TerraformProvider } from 'cdktf';
import type { JustificationProps } from '../../core/justification';
import type { AwsAccount } from '../../aws/account';
import type { IInvocableFunction } from '../targets/target';
import type { ServiceMethod } from '../../contracts/services';
import type { ServiceAuth } from './service-auth';

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
export interface GkeServiceTargetProps extends JustificationProps {
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
  /**
   * Memory of the function in MB: 128 to 10,240.
   * @default 256
   */
  readonly memoryMb?: number;
  /**
   * Days that the log of the function is kept: one of the values that CloudWatch Logs takes.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of the KMS key of the log.
   * @default - encrypted with a key of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * Reserved concurrency of the function: 1 to 1,000.
   * @default - what the account has left
   */
  readonly reservedConcurrency?: number;
  /**
   * AWS provider of what is made on AWS.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
  /**
   * Google provider of what is made in Google Cloud.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
}
