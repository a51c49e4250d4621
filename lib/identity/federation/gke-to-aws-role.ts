import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { WithInherited } from '../../core/inherited';
import { roleDescription } from '../../aws/names';
import { Lazy, type TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { InlinePolicy } from '../../aws/inline-policy';
import { ValidationError } from '../../core/errors';
import { addMetadataComment, justificationOf } from '../../core/justification';
import { undefinedIfEmpty, dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { problemsOf, validate } from '../../core/validation';
import { terraformTextJson } from '../../core/terraform-json';
import { roleArnOf, withoutScheme } from '../../aws/account';
import {
  policyFacts,
  policyDocument,
  policyStatement,
  type AwsPolicyStatement,
} from '../../aws/policy-statement';
import { AWS_AUDIENCE, sharedOidcProvider, type IGkeOidcProvider } from './gke-oidc-provider';
import type { GkeToAwsRoleProps } from './gke-to-aws-role-props';
import { roleCrossChecks, roleRules } from './gke-to-aws-role-rules';
import { MemberGrants } from '../google/member-grants';
import type { IPodAwsRole, ServiceAccountTokenVolume, ServiceAccountTokenVolumeMount } from './pod-aws-role';
import { checkUniqueName } from '../../core/unique-names';

const TOKEN = { volume: 'aws-token', folder: '/var/run/secrets/tokens/aws', file: 'token', seconds: 3_600 };

/**
 * Lets pods of one Kubernetes service account of one cluster assume an AWS role by the tokens that the cluster signs,
 * without a key. AWS SDKs do it by themselves when a pod has `environment`, `tokenVolume` and `tokenVolumeMount`: give
 * the role to a `Workload` as `awsRole`, or put the three into the pod of a Job.
 */
export class GkeToAwsRole extends Construct implements IPodAwsRole {
  /** Namespace of the pods. */
  public readonly namespace: string;
  /** Name of the Kubernetes service account of the pods. */
  public readonly serviceAccountName: string;
  /** Name of the role. */
  public readonly roleName: string;
  /** ARN of the role. Known at synth. */
  public readonly roleArn: string;
  /** The OIDC provider that the role trusts. */
  public readonly oidcProvider: IGkeOidcProvider;
  /** Environment variables with which AWS SDKs find the role and the token. */
  public readonly environment: Readonly<Record<string, string>>;
  /** Volume with the token of the service account. */
  public readonly tokenVolume: ServiceAccountTokenVolume;
  /** Mount of the token volume. */
  public readonly tokenVolumeMount: ServiceAccountTokenVolumeMount;

  private readonly role: IamRole;
  private readonly statements: AwsPolicyStatement[] = [];
  private policy?: InlinePolicy;

  private readonly props: WithInherited<GkeToAwsRoleProps>;

  constructor(scope: Construct, id: string, given: GkeToAwsRoleProps) {
    super(scope, id);
    const props = validate(this, given, roleRules, (values, report) => {
      roleCrossChecks(this, values, report);
      const among = `roles of the account ${values.account.id}`;
      checkUniqueName(this, { property: 'roleName', name: values.roleName, among }, report);
    });
    this.props = props;
    const { account } = props;
    this.namespace = props.namespace;
    this.serviceAccountName = props.serviceAccountName;
    this.roleName = props.roleName;
    this.roleArn = roleArnOf(account, props.roleName);
    this.oidcProvider =
      props.oidcProvider ?? sharedOidcProvider(this, props.cluster, account, props.awsProvider);
    this.environment = {
      AWS_ROLE_ARN: this.roleArn,
      AWS_WEB_IDENTITY_TOKEN_FILE: `${TOKEN.folder}/${TOKEN.file}`,
      AWS_REGION: account.region,
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
    };
    this.tokenVolume = tokenVolume();
    this.tokenVolumeMount = { name: TOKEN.volume, mountPath: TOKEN.folder, readOnly: true };
    this.role = this.addRole();
    for (const statement of props.statements ?? []) this.addStatement(statement);
  }

  /**
   * Allows the role more: one more statement of its inline policy.
   * @returns the policy, so that it can be waited for
   */
  public addStatement(statement: AwsPolicyStatement): TerraformResource {
    const problems = problemsOf(policyStatement, statement, 'statement');
    const sid = statement?.sid;
    if (sid !== undefined && this.statements.some((other) => other.sid === sid)) {
      problems.push({
        property: 'statement.sid',
        value: sid,
        rule: 'be unique among the statements of the role',
      });
    }
    if (problems.length > 0) throw new ValidationError(this.node.path, problems);
    this.statements.push(statement);
    return (this.policy ??= this.addPolicy());
  }

  /** Resources that pods in the stack of `scope` must wait for. */
  public podDependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.role, ...(this.policy ? [this.policy] : [])]);
  }

  private addRole(): IamRole {
    const { props } = this;
    const role = new IamRole(this, 'role', {
      name: this.roleName,
      description: roleDescription(props),
      assumeRolePolicy: terraformTextJson(this.trust()),
      maxSessionDuration: props.maxSessionSeconds,
      permissionsBoundary: props.permissionsBoundaryArn,
      dependsOn: undefinedIfEmpty(this.oidcProvider.dependenciesIn(this)),
      provider: props.awsProvider,
    });
    addMetadataComment(role, {
      ...justificationOf(props),
      ...(props.acknowledge && { acknowledged: props.acknowledge }),
    });
    return role;
  }

  /** The subject excludes other pods of the cluster, and the audience excludes tokens for other services. */
  private trust(): object {
    const issuer = withoutScheme(this.props.cluster.issuer);
    return {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: this.oidcProvider.arn },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              [`${issuer}:sub`]: `system:serviceaccount:${this.namespace}:${this.serviceAccountName}`,
              [`${issuer}:aud`]: AWS_AUDIENCE,
            },
          },
        },
      ],
    };
  }

  private addPolicy(): InlinePolicy {
    const policy = new InlinePolicy(this, 'policy', {
      name: 'permissions',
      role: this.role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements) }),
      provider: this.props.awsProvider,
    });
    addMetadataComment(policy, {
      ...justificationOf(this.props),
      statements: Lazy.anyValue({ produce: () => undefinedIfEmpty(this.statements.flatMap(policyFacts)) }),
    });
    MemberGrants.of(this).add(this.roleArn, policy);
    return policy;
  }
}

function tokenVolume(): ServiceAccountTokenVolume {
  return {
    name: TOKEN.volume,
    projected: {
      sources: [
        {
          serviceAccountToken: {
            audience: AWS_AUDIENCE,
            expirationSeconds: TOKEN.seconds,
            path: TOKEN.file,
          },
        },
      ],
    },
  };
}
