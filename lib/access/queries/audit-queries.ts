import { callerTests, type CallerTest } from '../../logs/caller-tests';
import type { AccessGraph } from '../graph/graph';
import type { AccessNode } from '../graph/node';
import { nodesNamed } from '../questions/find-node';
import { Reach } from '../questions/reach';
import { awsSessions, type AwsCaller } from './athena';
import { bigQueryCalls } from './bigquery';
import { googleCalls } from './cloud-logging';

/** A query for the calls of one identity. */
export interface AuditQuery {
  /** Service that runs the query. */
  readonly language: 'cloud-logging' | 'bigquery' | 'athena';
  /** Identity as the log names it. */
  readonly identity: string;
  /** Text of the query. Names in capitals must be replaced: `PROJECT.DATASET`, `cloudtrail_logs`. */
  readonly text: string;
  /** Conditions under which the log has the calls. */
  readonly needs: readonly string[];
  /** Calls and facts that the log does not have. */
  readonly gaps: readonly string[];
}

/** Options of the queries. */
export interface AuditQueryOptions {
  /**
   * Id of one execution, see "Follow one execution".
   * @default - calls of all executions
   */
  readonly runId?: string;
}

const GOOGLE_NEEDS = [
  'Reads and calls of Vertex AI: Data Access logs of the service. Changes are always in the log.',
  'Token exchanges: ADMIN_READ of sts.googleapis.com and iam.googleapis.com.',
];

const GOOGLE_GAPS = [
  'Members of groups: the log has the user and not the group.',
  'The origin of an impersonation in logs of GKE and App Engine: only the account is there.',
];

const AWS_NEEDS = [
  'Object access of S3, calls of functions, messages and items: data events of the service in the trail.',
];

const AWS_GAPS = [
  'The execution that invoked a function: the session of Step Functions has a random name.',
  'The session of a denied AssumeRole: the request parameters are missing.',
];

/**
 * Queries for the calls of an identity in Cloud Logging, BigQuery and Athena. A workload has the queries of the identity
 * that it runs as.
 * @throws QuestionError if the graph does not have the identity
 */
export function auditQueries(
  graph: AccessGraph,
  identity: string,
  options: AuditQueryOptions = {},
): readonly AuditQuery[] {
  const reach = new Reach(graph);
  return nodesNamed(graph, identity, 'identity').flatMap((node) => {
    const callers = [node, ...runsAs(node, reach)];
    const names = [...new Set(callers.flatMap((each) => googleNames(each, reach)))];
    const tests = names.flatMap(callerTests);
    const users = callers.flatMap(kubernetesUsers);
    const sessions = callers.flatMap(awsCallers);
    return [
      ...(tests.length + users.length > 0 ? googleQueries(node, [...tests, ...users], options) : []),
      ...(sessions.length > 0
        ? [
            {
              language: 'athena' as const,
              identity: node.label,
              text: awsSessions(sessions, options),
              needs: AWS_NEEDS,
              gaps: AWS_GAPS,
            },
          ]
        : []),
    ];
  });
}

function googleQueries(
  { label }: AccessNode,
  tests: readonly CallerTest[],
  options: AuditQueryOptions,
): readonly AuditQuery[] {
  const common = { identity: label, gaps: GOOGLE_GAPS };
  return [
    { ...common, language: 'cloud-logging', text: googleCalls(tests, options), needs: GOOGLE_NEEDS },
    {
      ...common,
      language: 'bigquery',
      text: bigQueryCalls(tests, options),
      needs: [...GOOGLE_NEEDS, 'A log sink to BigQuery with the audit logs.'],
    },
  ];
}

function runsAs({ id }: AccessNode, reach: Reach): readonly AccessNode[] {
  return reach
    .from(id)
    .filter(({ kind }) => kind === 'runsAs')
    .map(({ to }) => reach.node(to));
}

/** IAM members of an identity: its own name, and the members that providers map it to. */
function googleNames(node: AccessNode, reach: Reach): readonly string[] {
  const own = node.names.filter((name) =>
    /^(?:principal(?:Set)?:|serviceAccount:|user:|group:|domain:)/.test(name),
  );
  const email =
    node.kind === 'google.serviceAccount' ? node.names.filter((name) => /^[^:]+@/.test(name)) : [];
  const mapped = reach
    .from(node.id)
    .filter(({ kind, to }) => kind === 'federates' && to.startsWith('google.member/'))
    .flatMap(({ to }) => reach.node(to).names);
  return [...own, ...email.map((each) => `serviceAccount:${each}`), ...mapped];
}

/** A service account as GKE names it in its own log. */
function kubernetesUsers({ kind, names }: AccessNode): readonly CallerTest[] {
  return kind === 'kubernetes.serviceAccount'
    ? names
        .filter((name) => name.startsWith('system:serviceaccount:'))
        .map((value) => ({ field: 'principalEmail', operator: 'equals', value }))
    : [];
}

function awsCallers({ kind, names, label }: AccessNode): readonly AwsCaller[] {
  if (kind === 'aws.role') return [{ type: 'AssumedRole', name: label }];
  if (kind === 'aws.user') return [{ type: 'IAMUser', name: label }];
  if (kind === 'aws.service') return [{ type: 'AWSService', name: label }];
  if (kind !== 'kubernetes.serviceAccount') return [];
  return names
    .filter((name) => name.startsWith('system:serviceaccount:'))
    .map((name) => ({ type: 'WebIdentityUser', name }));
}
