import { InputError } from '../../core/input-error';
import { isObject } from '../../core/is-object';
import { documentOf } from '../../model/document';
import type { ModelValue } from '../../model/values/value';
import { statementsOf, type AwsStatement } from '../edges/aws-statement';
import { roleForm } from '../permissions/google-permission';
import type { AwsLimit, GoogleDenyPolicy, OrganizationPolicy } from './organization-policy';

type Fields = Readonly<Record<string, unknown>>;

/** A file that has no policy of an organization. */
export class OrganizationError extends InputError {
  /** Name of the class. */
  public override readonly name = 'OrganizationError';
}

const TYPES: Readonly<Record<string, AwsLimit['kind']>> = {
  RESOURCE_CONTROL_POLICY: 'resourceControl',
  SERVICE_CONTROL_POLICY: 'serviceControl',
};

/**
 * Reads policies as the tools of the clouds print them: `aws organizations describe-policy`,
 * `aws iam get-account-authorization-details` (permissions boundaries), `gcloud iam policies get --kind=denypolicies` and
 * `gcloud iam principal-access-boundary-policies describe`, all as JSON. A list has several of them.
 * @param file name of the file for messages
 * @throws OrganizationError for another file
 */
export function readOrganization(file: string, content: unknown): readonly OrganizationPolicy[] {
  if (Array.isArray(content)) return content.flatMap((each) => readOrganization(file, each));
  if (isObject(content)) {
    const { Policy: policy, rules, details, RoleDetailList: roles } = content as Fields;
    if (isObject(policy)) return [awsPolicy(file, policy)];
    if (Array.isArray(roles)) return boundaries(file, content);
    if (Array.isArray(rules) && rules.some((each) => isObject(each) && 'denyRule' in each)) {
      return [denyPolicy(content, rules as readonly Fields[])];
    }
    if (isObject(details) && Array.isArray(details.rules)) {
      return [accessBoundary(content, details.rules as readonly Fields[])];
    }
  }
  throw new OrganizationError(
    `${file} must be the output of "aws organizations describe-policy", "aws iam get-account-authorization-details", "gcloud iam policies get" or "gcloud iam principal-access-boundary-policies describe" as JSON.`,
  );
}

function awsPolicy(file: string, { PolicySummary: summary, Content: content }: Fields): AwsLimit {
  const { Name: name, Type: type } = isObject(summary) ? summary : ({} as Fields);
  const kind = TYPES[String(type)];
  if (kind === undefined) {
    throw new OrganizationError(
      `${file}: PolicySummary.Type must be ${Object.keys(TYPES).join(' or ')} (got ${JSON.stringify(type)}).`,
    );
  }
  return { kind, name: String(name ?? file), statements: statementsIn(file, content) };
}

/** Statements of a document: its text, its text as a URL encodes it, or its value. */
function statementsIn(file: string, content: unknown): readonly AwsStatement[] {
  const text = typeof content === 'string' ? content : JSON.stringify(content ?? null);
  const document = documentOf((text.startsWith('%') ? decodeURIComponent(text) : text) as ModelValue);
  if (document.kind !== 'parsed') throw new OrganizationError(`${file}: the policy must be JSON.`);
  return statementsOf(document);
}

/** Permissions boundaries of roles and users, whose documents are in the same file. */
function boundaries(file: string, content: Fields): readonly AwsLimit[] {
  const list = (value: unknown) =>
    Array.isArray(value) ? (value as readonly unknown[]).filter(isObject) : [];
  const identities = [...list(content.RoleDetailList), ...list(content.UserDetailList)];
  const byPolicy = new Map<string, string[]>();
  for (const { Arn: arn, PermissionsBoundary: boundary } of identities as readonly Fields[]) {
    const policy = isObject(boundary) ? String(boundary.PermissionsBoundaryArn) : undefined;
    if (policy !== undefined) byPolicy.set(policy, [...(byPolicy.get(policy) ?? []), String(arn)]);
  }
  return (list(content.Policies) as readonly Fields[]).flatMap((policy): readonly AwsLimit[] => {
    const holders = byPolicy.get(String(policy.Arn));
    const [version] = list(policy.PolicyVersionList).filter((each) => each.IsDefaultVersion !== false);
    if (holders === undefined || version === undefined) return [];
    return [
      {
        kind: 'permissionsBoundary',
        name: String(policy.PolicyName ?? policy.Arn),
        statements: statementsIn(file, version.Document),
        identities: holders,
      },
    ];
  });
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

function denyPolicy({ name, displayName }: Fields, rules: readonly Fields[]): GoogleDenyPolicy {
  const [, attached = '', id = ''] = /policies\/([^/]+)\/denypolicies\/(.+)$/i.exec(String(name)) ?? [];
  const [, project] = /\/projects\/(.+)$/.exec(decodeURIComponent(attached)) ?? [];
  return {
    kind: 'denyPolicy',
    name: id || String(displayName ?? name),
    project,
    rules: rules.flatMap(({ denyRule }) => {
      if (!isObject(denyRule)) return [];
      const { denialCondition } = denyRule;
      return [
        {
          principals: texts(denyRule.deniedPrincipals),
          exceptions: texts(denyRule.exceptionPrincipals),
          permissions: texts(denyRule.deniedPermissions).map(roleForm),
          condition: isObject(denialCondition) ? String(denialCondition.expression ?? '') : '',
        },
      ];
    }),
  };
}

function accessBoundary({ name, displayName }: Fields, rules: readonly Fields[]): OrganizationPolicy {
  const resources = rules.flatMap((rule) => texts(rule.resources));
  const projects = resources.map((each) => /\/projects\/(.+)$/.exec(each)?.[1]);
  const known = projects.filter((each): each is string => each !== undefined);
  return {
    kind: 'principalAccessBoundary',
    name: String(displayName ?? name),
    projects: known.length === projects.length ? known : undefined,
  };
}
