import type { TerraformProvider } from 'cdktf';
import type { JustificationProps } from '../../core/justification';
import type { AwsAccount } from '../../aws/account';
import type { IAwsToGoogleFederation } from '../../identity/aws-to-google-federation-props';
import type { GoogleProject } from '../../google/project';
import type { IInvocableFunction } from '../targets/target';
import type { ServiceMethod } from '../../contracts/services';

/** A service in a cluster that one function may call: what a `GkeServiceStep` names. */
export interface IGkeServiceTarget extends IInvocableFunction {
  /** Methods that are let through. */
  readonly methods: readonly ServiceMethod[];
  /** Paths that are let through, each with all below it. */
  readonly paths: readonly string[];
  /** Longest call in seconds. */
  readonly timeoutSeconds: number;
}

/** An ID token of Google: for IAP, or for a `VerifiedEndpoint` with `google` callers. */
export interface GoogleIdTokenAuth {
  /** Audience of the token: an https URL, or the OAuth client id of IAP (`….apps.googleusercontent.com`). */
  readonly audience: string;
  /** How AWS roles become Google identities. The role of the target is let in. */
  readonly federation: IAwsToGoogleFederation;
  /** Project of the Google service account that the token is made out for. */
  readonly project: GoogleProject;
}

/** A token of `sts:GetWebIdentityToken`: for a `VerifiedEndpoint` with `aws` callers. The account has to have outbound federation on. */
export interface AwsTokenAuth {
  /** Audience of the token: an https URL. */
  readonly audience: string;
  /**
   * Issuer of the AWS account, `https://ID.tokens.sts.global.api.aws`, for `target.caller`.
   * @default - `target.caller` is not available
   */
  readonly issuer?: string;
  /**
   * Signing algorithm.
   * @default ES384
   */
  readonly signingAlgorithm?: 'RS256' | 'ES384';
  /**
   * Seconds that the token counts: 60 to 3,600. IAM lets the role ask for no longer one.
   * @default 300
   */
  readonly durationSeconds?: number;
}

/** How the function shows the service who calls. */
export type ServiceAuth = { readonly google: GoogleIdTokenAuth } | { readonly aws: AwsTokenAuth };

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
  /** Where the service is: an https URL, without a query. */
  readonly url: string;
  /** How the function shows who calls. */
  readonly auth: ServiceAuth;
  /**
   * Methods that are let through.
   * @default - GET and POST
   */
  readonly methods?: readonly ServiceMethod[];
  /**
   * Paths that are let through, each with all below it: `/v1` is `/v1` and `/v1/…`.
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
   * Most bytes that are taken of an answer: 1 to 200,000. Step Functions carries 262,144 from state to state.
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
   * Calls at the same time, set aside for it: 1 to 1,000.
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
