import { patternOf } from '../permissions/aws-pattern';
import type { AccessNode } from '../graph/node';
import { joined, NO_LIMIT, type Limit } from './limit';
import type { GoogleAccessBoundary, GoogleDenyPolicy, GoogleDenyRule } from './organization-policy';

/** Ends of a grant of Google. */
interface Ends {
  readonly from: AccessNode;
  readonly to: AccessNode;
}

/** Effect of deny policies on a permission; `undefined` represents the permissions of a predefined role. */
export function denyLimit(
  permission: string | undefined,
  ends: Ends,
  policies: readonly GoogleDenyPolicy[],
): Limit {
  return joined(
    policies
      .filter(({ project }) => isOfProject(project, ends.to))
      .flatMap(({ name, rules }) => rules.map((rule) => ruleLimit(permission, ends, rule, name))),
  );
}

/** A resource whose project is not known can be of the project. */
function isOfProject(project: string | undefined, { kind, scope, names }: AccessNode): boolean {
  if (!kind.startsWith('google.')) return false;
  if (project === undefined || scope === undefined || scope === project) return true;
  return names.some((name) => name.includes(`@${project}.`));
}

function ruleLimit(
  permission: string | undefined,
  { from, to }: Ends,
  { principals, exceptions, permissions, condition }: GoogleDenyRule,
  name: string,
): Limit {
  if (
    !principals.some((each) => isPrincipal(each, from)) ||
    exceptions.some((each) => isPrincipal(each, from))
  ) {
    return NO_LIMIT;
  }
  const denied = permissions.filter((each) => permission === undefined || patternOf(each).test(permission));
  if (denied.length === 0) return NO_LIMIT;
  const isCertain = permission !== undefined && condition === '' && to.scope !== undefined;
  if (isCertain) return { kind: 'denied', cause: `The deny policy ${name} denies ${permission}.` };
  const test = condition === '' ? '' : ` if ${condition}`;
  return { kind: 'partly', note: `unless the deny policy ${name} denies it (${denied.join(', ')}${test})` };
}

/** Whether a principal of a deny policy is the identity. https://cloud.google.com/iam/docs/principal-identifiers */
function isPrincipal(principal: string, { names }: AccessNode): boolean {
  if (principal === 'principalSet://goog/public:all') return true;
  const [, email] =
    /^principal(?:Set)?:\/\/(?:goog\/(?:subject|group)\/|iam\.googleapis\.com\/projects\/-\/serviceAccounts\/)(.+)$/.exec(
      principal,
    ) ?? [];
  return names.some(
    (name) => name === principal || (email !== undefined && name.replace(/^[a-zA-Z]+:/, '') === email),
  );
}

/** Effect of principal access boundaries: whether they are bound to the identity is not known. */
export function boundaryLimit({ to }: Ends, policies: readonly GoogleAccessBoundary[]): Limit {
  const outside = policies.filter(
    ({ projects }) => projects !== undefined && to.scope !== undefined && !projects.includes(to.scope),
  );
  return joined(
    outside.map(({ name }) => ({
      kind: 'partly' as const,
      note: `unless the principal access boundary ${name} is bound to the identity`,
    })),
  );
}
