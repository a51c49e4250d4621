import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { awsAccount, oidcProviderArnOf } from '../../aws/account';
import { awsProviderRules } from '../../aws/options';
import { justificationRules } from '../../core/justification';
import {
  boolean,
  constructLike,
  differ,
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { googleProviderRules } from '../../google/options';
import { projectId, projectNumber, type GoogleProject } from '../../google/project';
import { oidcProvider } from '../federation/gke-oidc-provider';
import { issuerOf } from './pipeline-claims';
import type {
  PipelineAwsOptions,
  PipelineGoogleOptions,
  PipelineIdentityProps,
} from './pipeline-identity-props';
import { pipelineRuns, type PipelineRuns } from './pipeline-runs';
import { pipelineSource } from './pipeline-source';
import { stateBackend } from './state-backend';

const stack = constructLike('a TerraformStack', {
  node: 'object',
  toTerraform: 'function',
  addDependency: 'function',
});

/** Field rules of the props. */
export const pipelineIdentityRules: Shape<PipelineIdentityProps> = {
  ...justificationRules,
  source: pipelineSource,
  plan: pipelineRuns,
  apply: pipelineRuns,
  stacks: knownAtSynth(list(stack, { min: 1 })),
  stateBackend: optional(stateBackend),
  aws: optional(
    shape<PipelineAwsOptions>({
      namePrefix: knownAtSynth(
        matching(
          /^[\w+=,.@-]{1,58}$/,
          'be the first part of a role name, with 1 to 58 letters, digits and characters of "_+=,.@-"',
        ),
      ),
      oidcProvider: optional(oidcProvider),
      maxSessionSeconds: optional(integer(3_600, 43_200)),
      permissionsBoundaryArn: optional(
        matching(
          /^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/\S+$/,
          'be the ARN of a policy, arn:aws:iam::ACCOUNT:policy/NAME',
        ),
      ),
    }),
  ),
  google: optional(
    shape<PipelineGoogleOptions>({
      poolPrefix: knownAtSynth(
        matching(
          /^(?!gcp-)[a-z][a-z0-9-]{5,23}$/,
          'have 6 to 24 lower-case letters, digits and hyphens, start with a letter, and not start with "gcp-", which Google reserves',
        ),
      ),
      directPrincipals: optional(boolean),
    }),
  ),
  account: optional(awsAccount),
  // Ids of resources contain the project.
  project: optional(
    shape<GoogleProject>({ id: knownAtSynth(projectId), number: optional(knownAtSynth(projectNumber)) }),
  ),
  ...awsProviderRules,
  ...googleProviderRules,
};

/** Cross-property validation of a pipeline. */
export function checkPipeline(scope: IConstruct, props: PipelineIdentityProps, report: Report): void {
  checkClouds(props, report);
  checkRuns(props, report);
  for (const [index, each] of props.stacks.entries()) {
    if (each !== TerraformStack.of(scope)) continue;
    const property = `stacks[${index}]`;
    const rule = 'not be the stack of this construct, with which a run could give itself more access';
    report({ property, value: each.node.path, rule, fix: 'Create the construct in a separate stack.' });
  }
}

function checkClouds(props: PipelineIdentityProps, report: Report): void {
  const { aws, google, account, project, source, stateBackend: state } = props;
  const owner = state?.service === 's3' ? 'aws' : 'google';
  if (state !== undefined && props[owner] === undefined) {
    const reason = `be set when stateBackend is a bucket of ${owner === 'aws' ? 'S3' : 'Cloud Storage'}`;
    report({ property: owner, value: undefined, rule: reason, fix: 'Set it, or omit stateBackend.' });
  }
  if (aws === undefined && google === undefined) {
    const remedy = 'Set aws, google or both.';
    report({ property: 'aws', value: undefined, rule: 'be set if google is omitted', fix: remedy });
  }
  const fix = 'Set it here or with Defaults.of(scope).';
  if (aws !== undefined && account === undefined)
    report({ property: 'account', value: undefined, rule: 'be set', fix });
  if (google !== undefined && project === undefined)
    report({ property: 'project', value: undefined, rule: 'be set', fix });
  if (google !== undefined && project !== undefined && project.number === undefined) {
    report({
      property: 'project.number',
      value: undefined,
      rule: 'be set because it is part of the name of a federated principal',
      fix: 'Set project to { id, number }.',
    });
  }
  // A value of another type is reported by its own rule.
  if (aws?.oidcProvider?.arn === undefined || account === undefined) return;
  const arn = oidcProviderArnOf(account, issuerOf(source));
  if (!differ(aws.oidcProvider.arn, arn)) return;
  report({
    property: 'aws.oidcProvider',
    value: aws.oidcProvider.arn,
    rule: `be the provider of the issuer in this account (${arn})`,
    fix: 'Pass the existing one, or omit it.',
  });
}

const CONDITIONS = ['environment', 'ref', 'workflow'] as const;

function checkRuns({ source, plan, apply, aws }: PipelineIdentityProps, report: Report): void {
  for (const [name, runs] of Object.entries({ plan, apply })) {
    if (source.kind !== 'oidc') {
      mustBeOmitted(`${name}.subject`, runs.subject, 'is derived from the source', report);
      continue;
    }
    if (runs.subject === undefined) {
      const fix = 'Set it to the claim sub of the token.';
      report({ property: `${name}.subject`, value: undefined, rule: 'be set', fix });
    }
    for (const condition of CONDITIONS)
      mustBeOmitted(`${name}.${condition}`, runs[condition], 'is part of the subject of the issuer', report);
  }
  if (source.kind !== 'oidc' && apply.environment === undefined && apply.ref === undefined) {
    const fix = 'Set apply.environment, apply.ref or both.';
    const rule = 'be set, because a pull request must not apply';
    report({ property: 'apply.environment', value: undefined, rule, fix });
  }
  if (source.kind === 'gitlab' && aws !== undefined && apply.ref === undefined) {
    const rule = 'be set, because AWS tests only the subject of GitLab, which contains the ref';
    const fix = 'Set it to a protected branch, for example "refs/heads/main".';
    report({ property: 'apply.ref', value: undefined, rule, fix });
  }
  if (sameRuns(plan, apply)) {
    const rule = 'differ from apply, because the runs would have both accesses';
    report({ property: 'plan', value: plan, rule, fix: 'Set another environment, ref or subject.' });
  }
}

function sameRuns(plan: PipelineRuns, apply: PipelineRuns): boolean {
  return ([...CONDITIONS, 'subject'] as const).every((name) => plan[name] === apply[name]);
}

function mustBeOmitted(property: string, value: unknown, reason: string, report: Report): void {
  if (value === undefined) return;
  report({ property, value, rule: `be omitted because it ${reason}`, fix: 'Omit it.' });
}
