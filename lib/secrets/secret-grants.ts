import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { serviceHostOf, type AwsAccount } from '../aws/account';
import { arnOf } from '../aws/names';
import type { AwsPolicyStatement } from '../aws/policy-statement';
import { awsRole, grantToRole, type AwsRole } from '../aws/role';
import { grantJustification, type GrantReason } from '../core/grant-reason';
import type { Justification, JustificationProps } from '../core/justification';
import { identityOf, stableHash } from '../core/names';
import { problemsOf, refuse } from '../core/validation';
import { GoogleGrants } from '../identity/google/grants';
import { principal, type IGooglePrincipal } from '../identity/google/principal';
import type { SecretReference } from '../identity/google/references';
import type { SecretReader } from './rotated-secret-props';
import type { AwsProviderOptions } from '../aws/options';
import type { GoogleProviderOptions } from '../google/options';

/** A secret in Google Secret Manager, as its grants use it. */
export interface GrantedGoogleSecret extends GoogleProviderOptions {
  /** Secret Manager of Google Cloud. */
  readonly store: 'google-secret-manager';
  /** Resource name of the secret: `projects/PROJECT/secrets/NAME`. */
  readonly secret: SecretReference;
}

/** A secret in AWS Secrets Manager, as its grants use it. */
export interface GrantedAwsSecret extends AwsProviderOptions {
  /** Secrets Manager of AWS. */
  readonly store: 'aws-secrets-manager';
  /** Name of the secret. */
  readonly name: string;
  /** AWS account and region of the secret. */
  readonly account: AwsAccount;
  /** ARN of the key of the secret. @default - the key of Secrets Manager */
  readonly kmsKeyArn?: string;
}

/** Permissions on one secret: `secret.grants.read(identity, { reason })`. */
export class SecretGrants {
  /**
   * @param scope construct of the secret
   * @param granted the secret
   * @param defaults justification of grants that have none
   */
  constructor(
    private readonly scope: Construct,
    private readonly granted: GrantedGoogleSecret | GrantedAwsSecret,
    private readonly defaults: JustificationProps,
  ) {}

  /**
   * Allows a principal to read the values of this secret, and of no other.
   * @param reader a Google principal for Secret Manager; a `GkeToAwsRole`, an `IamRole` or `{ name }` of a role for
   * AWS Secrets Manager
   * @returns the IAM member or the policy, so that other resources can depend on it
   */
  public read(reader: SecretReader, options: GrantReason = {}): TerraformResource[] {
    const rule = this.granted.store === 'google-secret-manager' ? principal : awsRole;
    const [problem] = problemsOf(rule, reader, 'reader');
    if (problem !== undefined) refuse(this.scope, problem);
    const justification = grantJustification(this.scope, options, this.defaults);
    if (this.granted.store === 'google-secret-manager') {
      return this.readOnGoogle(this.granted, reader as IGooglePrincipal, justification);
    }
    return grantToRole(reader as AwsRole, {
      scope: this.scope,
      name: `read-${this.granted.name}`,
      identity: arnPatternOf(this.granted),
      statements: readStatements(this.granted, justification.reason),
      justification,
      awsProvider: this.granted.awsProvider,
    });
  }

  /**
   * Returns the statements of `read`, for the policy of a role of another tool. AWS Secrets Manager only.
   * @throws ValidationError for a secret in Google Secret Manager
   */
  public readStatements(options: GrantReason = {}): AwsPolicyStatement[] {
    if (this.granted.store === 'aws-secrets-manager') {
      const { reason } = grantJustification(this.scope, options, this.defaults);
      return readStatements(this.granted, reason);
    }
    const rule = 'be "aws-secrets-manager" for statements of an AWS policy';
    const fix = 'Use grants.read(identity, { reason }).';
    return refuse(this.scope, { property: 'store', value: this.granted.store, rule, fix });
  }

  private readOnGoogle(
    { secret, googleProvider }: GrantedGoogleSecret,
    reader: IGooglePrincipal,
    justification: Justification,
  ): TerraformResource[] {
    const id = `reader-${stableHash(identityOf(this.scope, reader.members))}`;
    if (this.scope.node.tryFindChild(id)) {
      const rule = 'be granted access to the secret once';
      refuse(this.scope, {
        property: 'reader',
        value: reader.members,
        rule,
        fix: 'Remove the second grant.',
      });
    }
    const grants = new GoogleGrants(new Construct(this.scope, id), reader, justification, googleProvider);
    return grants.secretAccessor(secret);
  }
}

/** AWS adds six characters to the name of a secret. https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html */
export function arnPatternOf({ name, account }: Pick<GrantedAwsSecret, 'name' | 'account'>): string {
  return arnOf(account, 'secretsmanager', `secret:${name}-??????`);
}

/** Use of the key of a secret, through Secrets Manager only. */
export function keyStatements(
  { kmsKeyArn, account }: Pick<GrantedAwsSecret, 'kmsKeyArn' | 'account'>,
  actions: readonly string[],
): AwsPolicyStatement[] {
  if (kmsKeyArn === undefined) return [];
  const service = serviceHostOf(account, 'secretsmanager');
  return [{ actions, resources: [kmsKeyArn], conditions: { StringEquals: { 'kms:ViaService': service } } }];
}

function readStatements(secret: GrantedAwsSecret, reason: string): AwsPolicyStatement[] {
  return [
    { actions: ['secretsmanager:GetSecretValue'], resources: [arnPatternOf(secret)], reason },
    ...keyStatements(secret, ['kms:Decrypt']).map((statement) => ({ ...statement, reason })),
  ];
}
