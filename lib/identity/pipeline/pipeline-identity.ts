import { Construct } from 'constructs';
import { ValidationError } from '../../core/errors';
import { justificationOf } from '../../core/justification';
import type { WithInherited } from '../../core/inherited';
import type { Report } from '../../core/rules';
import { checkUniqueName } from '../../core/unique-names';
import { validate } from '../../core/validation';
import { DeployerAccess } from '../../deploying/deployer-access';
import { sharedOidcProvider, type IGkeOidcProvider } from '../federation/gke-oidc-provider';
import { PipelineAwsRole, policiesIn } from './pipeline-aws-role';
import { issuerOf, sessionNamesOf, type PipelineAccess } from './pipeline-claims';
import { PipelineGoogleAccess } from './pipeline-google-access';
import type { PipelineIdentityProps } from './pipeline-identity-props';
import { checkPipeline, pipelineIdentityRules } from './pipeline-identity-rules';

type Props = WithInherited<PipelineIdentityProps>;

/** Managed policies of a role without a raised quota. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_POLICIES = 10;

/**
 * Access of a CI pipeline to AWS and Google Cloud without a key. Runs that plan get the permissions to read what the
 * stacks have; runs that apply get those to create, change and delete it, as `DeployerAccess` calculates them. Create
 * it in a separate stack that an administrator applies, after the constructs of the other stacks.
 */
export class PipelineIdentity extends Construct {
  /** Pattern of the session names in AWS, for example `github-run-?*`. Other names are denied. */
  public readonly sessionNames: string;
  /** ARN of the role of plans; `undefined` without `aws`. Known at synth. */
  public readonly planRoleArn: string | undefined;
  /** ARN of the role of applies; `undefined` without `aws`. Known at synth. */
  public readonly applyRoleArn: string | undefined;
  /** Workload identity provider of plans; `undefined` without `google`. Known at synth. */
  public readonly planProviderName: string | undefined;
  /** Workload identity provider of applies; `undefined` without `google`. Known at synth. */
  public readonly applyProviderName: string | undefined;
  /** Service account of plans; `undefined` without `google` and with direct principals. Known at synth. */
  public readonly planServiceAccountEmail: string | undefined;
  /** Service account of applies; `undefined` without `google` and with direct principals. Known at synth. */
  public readonly applyServiceAccountEmail: string | undefined;
  /** Types whose permissions the library does not know. Their permissions are missing in the roles. Sorted. */
  public readonly unknownTypes: readonly string[];

  private readonly props: Props;

  constructor(scope: Construct, id: string, given: PipelineIdentityProps) {
    super(scope, id);
    const props = validate(this, given, pipelineIdentityRules, (values, report) => {
      checkPipeline(this, values, report);
      this.checkNames(values, report);
      checkPolicies(values, report);
    });
    this.props = props;
    this.sessionNames = sessionNamesOf(props.source);
    this.unknownTypes = needsOf(props, 'apply').unknownTypes;
    const plan = this.addAccess('plan');
    const apply = this.addAccess('apply');
    this.planRoleArn = plan.aws?.roleArn;
    this.applyRoleArn = apply.aws?.roleArn;
    this.planProviderName = plan.google?.providerName;
    this.applyProviderName = apply.google?.providerName;
    this.planServiceAccountEmail = plan.google?.serviceAccountEmail;
    this.applyServiceAccountEmail = apply.google?.serviceAccountEmail;
    const before = permissionsOf(props);
    this.node.addValidation({ validate: () => this.laterNeeds(before) });
  }

  private addAccess(access: PipelineAccess): {
    readonly aws?: PipelineAwsRole;
    readonly google?: PipelineGoogleAccess;
  } {
    const { source, stateBackend, account, project, aws, google, awsProvider, googleProvider } = this.props;
    const needs = needsOf(this.props, access);
    const common = {
      ...justificationOf(this.props),
      access,
      source,
      runs: this.props[access],
      needs,
      stateBackend,
    };
    return {
      ...(aws && {
        aws: new PipelineAwsRole(this, `aws-${access}`, {
          ...common,
          account,
          options: aws,
          oidcProvider: aws.oidcProvider ?? this.sharedProvider(),
          awsProvider,
        }),
      }),
      ...(google && {
        google: new PipelineGoogleAccess(this, `google-${access}`, {
          ...common,
          project,
          options: google,
          googleProvider,
        }),
      }),
    };
  }

  private sharedProvider(): IGkeOidcProvider {
    const { source, account, awsProvider } = this.props;
    const issuer = { issuer: issuerOf(source), dependenciesIn: () => [] };
    return sharedOidcProvider(this, issuer, account, awsProvider, 'roles of pipelines share it');
  }

  private checkNames({ aws, google, account, project }: Props, report: Report): void {
    if (aws !== undefined) {
      const among = `prefixes of pipelines in the account ${account.id}`;
      checkUniqueName(this, { property: 'aws.namePrefix', name: aws.namePrefix, among }, report);
    }
    if (google !== undefined) {
      const among = `prefixes of pipelines in the project ${project.id}`;
      checkUniqueName(this, { property: 'google.poolPrefix', name: google.poolPrefix, among }, report);
    }
  }

  /** Permissions of resources that were added to the stacks after this construct. */
  private laterNeeds(before: string): string[] {
    if (permissionsOf(this.props) === before) return [];
    const problem = {
      property: 'stacks',
      value: this.props.stacks.map(({ node }) => node.path),
      rule: 'have all their resources when the pipeline identity is created',
      fix: 'Create this construct after them.',
    };
    return [new ValidationError(this.node.path, [problem]).message];
  }
}

function needsOf({ stacks }: Props, access: PipelineAccess): DeployerAccess {
  return DeployerAccess.fromStacks(stacks, { planOnly: access === 'plan' });
}

function permissionsOf(props: Props): string {
  const { google, aws } = needsOf(props, 'apply');
  return JSON.stringify([google.map(({ project, customRole }) => [project, customRole]), aws]);
}

function checkPolicies(props: Props, report: Report): void {
  if (props.aws === undefined) return;
  const { length } = policiesIn({ needs: needsOf(props, 'apply'), account: props.account });
  if (length <= MOST_POLICIES) return;
  report({
    property: 'stacks',
    value: props.stacks.map(({ node }) => node.path),
    rule: `need at most ${MOST_POLICIES} managed policies (these need ${length})`,
    fix: 'Split them between two pipeline identities.',
  });
}
