import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { roleArnOf, type AwsAccount } from '../../aws/account';
import { InlinePolicy } from '../../aws/inline-policy';
import { roleDescription } from '../../aws/names';
import type { AwsProviderOptions } from '../../aws/options';
import { addMetadataComment, justificationOf, type Justification } from '../../core/justification';
import { undefinedIfEmpty } from '../../core/ordering';
import { terraformTextJson } from '../../core/terraform-json';
import type { DeployerAccess } from '../../deploying/deployer-access';
import type { IGkeOidcProvider } from '../federation/gke-oidc-provider';
import { awsConditions, type PipelineAccess } from './pipeline-claims';
import type { PipelineAwsOptions } from './pipeline-identity-props';
import type { PipelineRuns } from './pipeline-runs';
import type { PipelineSource } from './pipeline-source';
import type { IStateBackend } from './state-backend';

/** Props of a `PipelineAwsRole`. */
interface PipelineAwsRoleProps extends Justification, AwsProviderOptions {
  readonly access: PipelineAccess;
  readonly source: PipelineSource;
  readonly runs: PipelineRuns;
  readonly account: AwsAccount;
  readonly options: PipelineAwsOptions;
  readonly oidcProvider: IGkeOidcProvider;
  readonly needs: DeployerAccess;
  readonly stateBackend?: IStateBackend;
}

/** AWS role of the runs with one access, with the policies that the stacks need. */
export class PipelineAwsRole extends Construct {
  /** ARN of the role. Known at synth. */
  public readonly roleArn: string;

  constructor(scope: Construct, id: string, props: PipelineAwsRoleProps) {
    super(scope, id);
    const { account, access, options, oidcProvider, awsProvider } = props;
    const name = `${options.namePrefix}-${access}`;
    this.roleArn = roleArnOf(account, name);
    const role = new IamRole(this, 'role', {
      name,
      description: roleDescription(props),
      assumeRolePolicy: terraformTextJson(trustOf(props)),
      maxSessionDuration: options.maxSessionSeconds ?? 3_600,
      permissionsBoundary: options.permissionsBoundaryArn,
      dependsOn: undefinedIfEmpty(oidcProvider.dependenciesIn(this)),
      provider: awsProvider,
    });
    addMetadataComment(role, { ...justificationOf(props) });
    const state = props.stateBackend?.statementsOf(access) ?? [];
    if (state.length > 0) {
      const policy = new InlinePolicy(this, 'state', {
        name: 'state',
        role: role.name,
        policy: terraformTextJson({ Version: '2012-10-17', Statement: state }),
        provider: awsProvider,
      });
      addMetadataComment(policy, { ...justificationOf(props), reason: 'stores the state of the stacks' });
    }
    for (const [index, document] of policiesIn(props).entries()) {
      const policy = new IamPolicy(this, `policy-${index + 1}`, {
        name: `${name}-${index + 1}`,
        description: roleDescription(props),
        policy: terraformTextJson(document),
        provider: awsProvider,
      });
      addMetadataComment(policy, { ...justificationOf(props) });
      new IamRolePolicyAttachment(this, `attachment-${index + 1}`, {
        role: role.name,
        policyArn: policy.arn,
        provider: awsProvider,
      });
    }
  }
}

/** Policies of the account. A provider without `allowed_account_ids` gives the account "*". */
export function policiesIn({ needs, account }: Pick<PipelineAwsRoleProps, 'needs' | 'account'>): object[] {
  return needs.aws
    .filter((each) => each.account === account.id || each.account === '*')
    .flatMap(({ policies }) => policies)
    .filter(({ Statement }) => Statement.length > 0);
}

function trustOf({ source, runs, oidcProvider }: PipelineAwsRoleProps): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: oidcProvider.arn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: awsConditions(source, runs),
      },
    ],
  };
}
