import type { IConstruct } from 'constructs';
import type { JustificationProps } from '../../core/justification';
import type { AwaitedResource } from '../../core/ordering';
import type { AwsAccount } from '../../aws/account';
import type { AwsExternalAccount } from '../../contracts/external-account';
import type { GoogleProject } from '../../google/project';
import type { GoogleProviderOptions } from '../../google/options';

/** Attributes of an existing federation. */
export interface AwsToGoogleFederationAttributes {
  /**
   * Project of the workload identity pool, with its number: names of principals hold it.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * AWS account of the accepted roles. Its partition is `aws`, the only one that Google's AWS provider accepts.
   * @default - the account of `Defaults.of(scope)`; required if no scope has one
   */
  readonly account?: AwsAccount;
  /**
   * Id of the workload identity pool: 4 to 32 lower-case letters, digits and hyphens, not beginning with `gcp-`. A
   * deleted id stays taken for 30 days.
   */
  readonly poolId: string;
  /**
   * Id of the AWS provider in the pool: 4 to 32 lower-case letters, digits and hyphens, not beginning with `gcp-`.
   * @default - `aws-` and the id of the account
   */
  readonly providerId?: string;
}

/** Props of an `AwsToGoogleFederation`. */
export interface AwsToGoogleFederationProps
  extends AwsToGoogleFederationAttributes, JustificationProps, GoogleProviderOptions {
  /**
   * Names of the AWS roles that the federation accepts: each at most 62 characters, without a path.
   * @default - the roles of `FederatedAwsRole` and `allowRole`
   */
  readonly roles?: readonly string[];
}

/** Which source of AWS credentials a client of Google reads. */
export interface CredentialConfigurationOptions {
  /**
   * Whether the client may ask the metadata server of an EC2 instance, by IMDSv2. Lambda has all it needs in its
   * environment.
   * @default false
   */
  readonly instanceMetadata?: boolean;
}

/** A workload identity pool that accepts roles of one AWS account, created or imported. */
export interface IAwsToGoogleFederation {
  /** AWS account of the accepted roles. */
  readonly account: AwsAccount;
  /** Full name of the pool, `projects/NUMBER/locations/global/workloadIdentityPools/ID`. Known at synth. */
  readonly poolName: string;
  /** Full name of the AWS provider in the pool, `POOL/providers/ID`. Known at synth. */
  readonly providerName: string;

  /**
   * Lets the sessions of an AWS role exchange their credentials for a token of Google, which by itself may do
   * nothing. An imported federation stays as it is: its own condition has to let the role in.
   * @param roleName name of the role, at most 62 characters, without a path
   */
  allowRole(roleName: string): void;

  /**
   * Resources that a member of the pool must wait for.
   * @param scope where the member is granted a role
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];

  /**
   * Credential configuration that Google client libraries on AWS read as application default credentials (`GOOGLE_APPLICATION_CREDENTIALS` names a
   * file of it). No secret is in it: a client proves who it is by a signed request to AWS.
   * @param email Google service account to impersonate; without it the token is that of the AWS role itself
   */
  credentialConfiguration(email?: string, options?: CredentialConfigurationOptions): AwsExternalAccount;
}
