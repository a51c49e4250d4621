import { withoutScheme } from '../../aws/account';
import { AWS_AUDIENCE } from '../federation/gke-oidc-provider';
import type { PipelineRuns } from './pipeline-runs';
import type { PipelineSource } from './pipeline-source';

/*
 * Claims of the tokens of each source, as conditions of AWS and of Google.
 * https://docs.github.com/en/actions/reference/security/oidc
 * https://docs.gitlab.com/ci/secrets/id_token_authentication
 */

/** Use of the access: plans only read, applies change resources. */
export type PipelineAccess = 'plan' | 'apply';

/** Conditions of a trust policy by operator. */
export type TrustConditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Github = Extract<PipelineSource, { kind: 'github' }>;
type Gitlab = Extract<PipelineSource, { kind: 'gitlab' }>;

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** Issuer of the tokens. */
export function issuerOf(source: PipelineSource): string {
  if (source.kind === 'github') return GITHUB_ISSUER;
  return source.kind === 'gitlab' ? gitlabUrl(source) : source.issuer;
}

/**
 * Pattern of the session names in AWS, which carry the id of the run. CloudTrail records the name with each call.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
 */
export function sessionNamesOf({ kind }: PipelineSource): string {
  return `${kind}-run-?*`;
}

/**
 * Conditions of AWS. For GitHub, AWS tests `repository_id`, `environment`, `ref` and `job_workflow_ref`, and no owner
 * id; for other issuers only subject and audience.
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
export function awsConditions(source: PipelineSource, runs: PipelineRuns): TrustConditions {
  const claims = [
    ['sub', subjectOf(source, runs)],
    ['aud', AWS_AUDIENCE],
    ...(source.kind === 'github'
      ? [
          ['repository_id', source.repositoryId],
          ['environment', runs.environment],
          ['ref', runs.ref],
          ['job_workflow_ref', workflowOf(source, runs)],
        ]
      : []),
  ].flatMap(([claim, value]) => (value === undefined ? [] : [{ claim, value }]));
  const withOperator = (isPattern: boolean) =>
    Object.fromEntries(
      claims
        .filter(({ value }) => value.includes('*') === isPattern)
        .map(({ claim, value }) => [`${withoutScheme(issuerOf(source))}:${claim}`, value]),
    );
  return {
    StringEquals: withOperator(false),
    StringLike: { ...withOperator(true), 'sts:RoleSessionName': sessionNamesOf(source) },
  };
}

/** Condition of a workload identity provider of Google. A claim that is absent is an error, which rejects the token. */
export function googleCondition(source: PipelineSource, runs: PipelineRuns, access: PipelineAccess): string {
  return googleTests(source, runs, access).join(' && ');
}

/** Attributes of Google; the subject carries the run, and audit logs record it. */
export function googleMapping({ kind }: PipelineSource): Record<string, string> {
  if (kind === 'oidc') return { 'google.subject': 'assertion.sub' };
  const [id, run] = kind === 'github' ? ['repository_id', 'run_id'] : ['project_id', 'pipeline_id'];
  return {
    'google.subject': `"${kind}:" + assertion.${id} + ":run:" + assertion.${run}`,
    [`attribute.${id}`]: `assertion.${id}`,
  };
}

/** IAM member of the accepted runs of a pool. */
export function googleMember(source: PipelineSource, runs: PipelineRuns, poolName: string): string {
  const pool = `iam.googleapis.com/${poolName}`;
  if (source.kind === 'github')
    return `principalSet://${pool}/attribute.repository_id/${source.repositoryId}`;
  if (source.kind === 'gitlab') return `principalSet://${pool}/attribute.project_id/${source.projectId}`;
  return `principal://${pool}/subject/${runs.subject}`;
}

function googleTests(source: PipelineSource, runs: PipelineRuns, access: PipelineAccess): string[] {
  const { environment, ref } = runs;
  if (source.kind === 'oidc') return [equals('sub', subjectOf(source, runs))];
  const environments = environment === undefined ? [] : [equals('environment', environment)];
  const fromRequest = environment === undefined && ref === undefined;
  if (source.kind === 'github') {
    return [
      equals('repository_id', source.repositoryId),
      equals('repository_owner_id', source.ownerId),
      ...environments,
      ...(ref === undefined ? [] : [equals('ref', ref)]),
      ...(fromRequest ? [equals('event_name', 'pull_request')] : []),
      ...workflowTest('job_workflow_ref', workflowOf(source, runs)),
    ];
  }
  return [
    equals('project_id', source.projectId),
    equals('namespace_id', source.namespaceId),
    ...environments,
    ...gitlabRef(ref).map(([claim, value]) => equals(claim, value)),
    ...(fromRequest ? [equals('pipeline_source', 'merge_request_event')] : []),
    ...(access === 'apply' ? [equals('ref_protected', 'true')] : []),
    ...workflowTest('ci_config_ref_uri', workflowOf(source, runs)),
  ];
}

const equals = (claim: string, value: string) => `assertion.${claim} == "${value}"`;

function workflowTest(claim: string, workflow: string | undefined): string[] {
  if (workflow === undefined) return [];
  return workflow.endsWith('*')
    ? [`assertion.${claim}.startsWith("${workflow.slice(0, -1)}")`]
    : [equals(claim, workflow)];
}

/** Workflow with its ref; `*` if each ref is accepted. */
function workflowOf(source: Github | Gitlab, { workflow, ref = '*' }: PipelineRuns): string | undefined {
  if (workflow === undefined) return undefined;
  return source.kind === 'github'
    ? `${source.owner}/${source.repository}/${workflow}@${ref}`
    : `${withoutScheme(gitlabUrl(source))}/${source.projectPath}//${workflow}@${ref}`;
}

function subjectOf(source: PipelineSource, runs: PipelineRuns): string {
  if (source.kind === 'github') return `repo:${githubName(source)}:${githubContext(runs)}`;
  if (source.kind === 'oidc') return runs.subject ?? '';
  const [[, type], [, ref]] = gitlabRef(runs.ref ?? 'refs/heads/*') as [[string, string], [string, string]];
  return `project_path:${source.projectPath}:ref_type:${type}:ref:${ref}`;
}

function githubName({ owner, ownerId, repository, repositoryId, subjectFormat }: Github): string {
  return subjectFormat === 'classic'
    ? `${owner}/${repository}`
    : `${owner}@${ownerId}/${repository}@${repositoryId}`;
}

function githubContext({ environment, ref }: PipelineRuns): string {
  if (environment !== undefined) return `environment:${environment}`;
  return ref === undefined ? 'pull_request' : `ref:${ref}`;
}

function gitlabRef(ref: string | undefined): (readonly [claim: string, value: string])[] {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(ref ?? '') ?? [];
  if (name === undefined) return [];
  return [
    ['ref_type', kind === 'tags' ? 'tag' : 'branch'],
    ['ref', name],
  ];
}

function gitlabUrl({ url = 'https://gitlab.com' }: Gitlab): string {
  return url;
}
