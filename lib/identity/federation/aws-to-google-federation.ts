import { IamWorkloadIdentityPool } from '@cdktf/provider-google/lib/iam-workload-identity-pool';
import { IamWorkloadIdentityPoolProvider } from '@cdktf/provider-google/lib/iam-workload-identity-pool-provider';
import { Lazy } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { ValidationError } from '../../core/errors';
import {
  addMetadataComment,
  descriptionOf,
  justificationOf,
  justificationRules,
} from '../../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { optional } from '../../core/rules';
import { problemsOf, validate } from '../../core/validation';
import { assumedRoleArnOf, type AwsAccount } from '../../aws/account';
import { numberOf } from '../../google/project';
import { awsCredentialConfiguration } from './aws-credential-configuration';
import type { AwsExternalAccount } from '../../contracts/external-account';
import type {
  AwsToGoogleFederationAttributes,
  AwsToGoogleFederationProps,
  CredentialConfigurationOptions,
  IAwsToGoogleFederation,
} from './aws-to-google-federation-props';
import {
  attributeCrossChecks,
  attributeRules,
  federatedRoleName,
  roleNames,
} from './aws-to-google-federation-rules';
import { checkUniqueName } from '../../core/unique-names';
import { googleProviderRules } from '../../google/options';

const LONGEST_CONDITION = 4_096;

/**
 * Attribute mapping of an AWS session. The subject is ROLE/SESSION, since the whole ARN may exceed what a subject
 * may have; `extract` takes the rest of the text where its template ends with the name.
 * https://cloud.google.com/iam/docs/conditions-attribute-reference#extract
 * The role is mapped as Google does by default.
 * https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers
 */
const ATTRIBUTE_MAPPING = {
  'google.subject': "assertion.arn.extract('assumed-role/{role_and_session}')",
  'attribute.aws_role':
    "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn",
};

/**
 * Roles of one AWS account act in Google Cloud without a key: a session of a role exchanges a request that AWS has
 * signed for a token of Google. The federation accepts only the listed roles, each by its exact name. Permissions
 * are granted to a `FederatedAwsRole`.
 */
export class AwsToGoogleFederation extends Construct implements IAwsToGoogleFederation {
  /** Imports a federation. Its condition must accept the roles that this app uses. */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: AwsToGoogleFederationAttributes,
  ): IAwsToGoogleFederation {
    return new ImportedFederation(scope, id, attributes);
  }

  /** AWS account whose roles the pool accepts. */
  public readonly account: AwsAccount;
  /** Resource name of the workload identity pool. Known at synth. */
  public readonly poolName: string;
  /** Resource name of the provider of the pool. Known at synth. */
  public readonly providerName: string;
  private readonly roles = new Set<string>();
  private readonly provider: IamWorkloadIdentityPoolProvider;

  constructor(scope: Construct, id: string, given: AwsToGoogleFederationProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        ...justificationRules,
        ...attributeRules,
        roles: optional(roleNames),
        ...googleProviderRules,
      },
      (values, report) => {
        attributeCrossChecks(values, report);
        const among = `workload identity pools of the project ${values.project.id}`;
        checkUniqueName(this, { property: 'poolId', name: values.poolId, among }, report);
      },
    );
    this.account = props.account;
    this.poolName = poolNameOf(props);
    this.providerName = providerNameOf(props);
    for (const role of props.roles ?? []) this.roles.add(role);
    this.provider = this.addProvider(props, this.addPool(props));
    this.node.addValidation({ validate: () => this.conditionIsSound() });
  }

  /** Allows an AWS role, by its name, to exchange its credentials. */
  public allowRole(roleName: string): void {
    checkRole(this, roleName);
    this.roles.add(roleName);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.provider]);
  }

  /** Returns the credential configuration for Google client libraries; it contains no secret. */
  public credentialConfiguration(
    email?: string,
    options: CredentialConfigurationOptions = {},
  ): AwsExternalAccount {
    return awsCredentialConfiguration(this, this.providerName, email, options);
  }

  private addPool(props: WithInherited<AwsToGoogleFederationProps>): IamWorkloadIdentityPool {
    const pool = new IamWorkloadIdentityPool(this, 'pool', {
      project: props.project.id,
      workloadIdentityPoolId: props.poolId,
      displayName: props.poolId,
      description: descriptionOf(props),
      provider: props.googleProvider,
    });
    addMetadataComment(pool, { ...justificationOf(props) });
    return pool;
  }

  private addProvider(
    props: WithInherited<AwsToGoogleFederationProps>,
    pool: IamWorkloadIdentityPool,
  ): IamWorkloadIdentityPoolProvider {
    const made = new IamWorkloadIdentityPoolProvider(this, 'provider', {
      project: props.project.id,
      workloadIdentityPoolId: props.poolId,
      workloadIdentityPoolProviderId: providerIdOf(props),
      displayName: providerIdOf(props),
      description: descriptionOf(props),
      aws: { accountId: this.account.id },
      attributeMapping: { ...ATTRIBUTE_MAPPING },
      // `allowRole` can add roles later, also from other stacks.
      attributeCondition: Lazy.stringValue({ produce: () => this.condition() }),
      dependsOn: [pool],
      provider: props.googleProvider,
    });
    addMetadataComment(made, { ...justificationOf(props) });
    return made;
  }

  private condition(): string {
    return [...this.roles]
      .sort()
      .map((role) => `attribute.aws_role == "${assumedRoleArnOf(this.account, role)}"`)
      .join(' || ');
  }

  private conditionIsSound(): string[] {
    if (this.roles.size === 0) {
      return [
        `${this.node.path}: roles is required because without a condition every role of the account ${this.account.id} can exchange a token. Set roles, or add a FederatedAwsRole.`,
      ];
    }
    const { length } = this.condition();
    return length <= LONGEST_CONDITION
      ? []
      : [
          `${this.node.path}: roles must keep the condition within ${LONGEST_CONDITION} characters (got ${length} for ${this.roles.size} roles). Share a role between workloads, or create a second federation with another pool.`,
        ];
  }
}

class ImportedFederation extends Construct implements IAwsToGoogleFederation {
  public readonly account: AwsAccount;
  public readonly poolName: string;
  public readonly providerName: string;

  constructor(scope: Construct, id: string, given: AwsToGoogleFederationAttributes) {
    super(scope, id);
    const attributes = validate(this, given, attributeRules, attributeCrossChecks);
    this.account = attributes.account;
    this.poolName = poolNameOf(attributes);
    this.providerName = providerNameOf(attributes);
  }

  /** Changes nothing: the condition is managed with the federation. */
  public allowRole(roleName: string): void {
    checkRole(this, roleName);
  }

  public credentialConfiguration(
    email?: string,
    options: CredentialConfigurationOptions = {},
  ): AwsExternalAccount {
    return awsCredentialConfiguration(this, this.providerName, email, options);
  }

  public dependenciesIn(): AwaitedResource[] {
    return [];
  }
}

function checkRole(federation: Construct, roleName: string): void {
  const problems = problemsOf(federatedRoleName, roleName, 'roleName');
  if (problems.length > 0) throw new ValidationError(federation.node.path, problems);
}

function providerIdOf({ providerId, account }: WithInherited<AwsToGoogleFederationAttributes>): string {
  return providerId ?? `aws-${account.id}`;
}

function poolNameOf({ project, poolId }: WithInherited<AwsToGoogleFederationAttributes>): string {
  return `projects/${numberOf(project)}/locations/global/workloadIdentityPools/${poolId}`;
}

function providerNameOf(attributes: WithInherited<AwsToGoogleFederationAttributes>): string {
  return `${poolNameOf(attributes)}/providers/${providerIdOf(attributes)}`;
}
