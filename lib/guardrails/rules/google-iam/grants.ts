import { isComputed } from '../../../model/values/value';
import type { CheckedValue } from '../../checked-value';
import { documentIn } from '../../document-in';
import type { ResourceIndex } from '../../resource-index';
import { Subject } from '../../subject';
import { all, isUnknown, type Unknown, type Verdict } from '../../verdict';

/** A role for members: what an IAM member, a binding or one binding of an IAM policy grants. */
export interface Grant {
  /** The resource, or the binding of its policy. */
  readonly subject: Subject;
  readonly role: CheckedValue;
  readonly members: readonly CheckedValue[];
}

/** Types with the grants on a resource, for example `project`: a member, a binding and a policy. */
export function grantTypes(resource: string): readonly string[] {
  return ['member', 'binding', 'policy'].map((form) => `google_${resource}_iam_${form}`);
}

/** IAM members, bindings and policies of any resource. */
export const GRANTS = grantTypes('*');

/** IAM members, bindings and policies of a project, a folder or an organization. */
export const WIDE_GRANTS = ['project', 'folder', 'organization'].flatMap(grantTypes);

/** IAM members, bindings and policies of a project. */
export const PROJECT_GRANTS = grantTypes('project');

/** IAM members, bindings and policies of a service account. */
export const ACCOUNT_GRANTS = grantTypes('service_account');

/** Grants of a resource; the verdict if only Terraform knows its policy. */
export function grantsOf(resource: Subject): readonly Grant[] | Unknown {
  return resource.index.deriveOf(resource.resource, 'grants', () => readGrants(resource));
}

/** A grant with the service account that it is on. */
export interface AccountGrant extends Grant {
  readonly account: CheckedValue;
}

/** Grants on service accounts in all stacks, and whether only Terraform knows a policy with some. */
export function accountGrants(index: ResourceIndex): {
  readonly grants: readonly AccountGrant[];
  readonly areOpen: boolean;
} {
  const found = index
    .ofType(...ACCOUNT_GRANTS)
    .map((resource) => new Subject(resource, index))
    .map((subject) => ({ account: subject.value('service_account_id'), grants: grantsOf(subject) }));
  return {
    grants: found.flatMap(({ account, grants }) =>
      isUnknown(grants) ? [] : grants.map((grant) => ({ ...grant, account })),
    ),
    areOpen: found.some(({ grants }) => isUnknown(grants)),
  };
}

/** Verdicts for each grant of a resource; `unknown` for a policy that only Terraform knows. */
export function ofEachGrant(
  resource: Subject,
  check: (grant: Grant) => Verdict | readonly Verdict[],
): readonly Verdict[] {
  const grants = grantsOf(resource);
  return isUnknown(grants) ? [grants] : all(...grants.flatMap(check));
}

function readGrants(resource: Subject): readonly Grant[] | Unknown {
  if (!resource.type.endsWith('_iam_policy')) return [grantIn(resource)];
  const policy = policyOf(resource);
  return isUnknown(policy) ? policy : policy.blocks('bindings').map(grantIn);
}

/** The IAM policy of a resource with the names of the IAM API; the verdict if only Terraform knows it. */
export function policyOf(resource: Subject): Subject | Unknown {
  return documentIn(resource, 'policy_data');
}

function grantIn(subject: Subject): Grant {
  return {
    subject,
    role: subject.value('role'),
    members: [subject.value('member'), ...subject.value('members').elements].filter(
      ({ isPresent }) => isPresent,
    ),
  };
}

/** References to service agents: resources and data sources that have no other account. */
const SERVICE_AGENT =
  /\$\{(data\.)?google_(project_service_identity|(storage_project|storage_transfer_project|bigquery_default)_service_account)\b/;

/**
 * Whether a member is a workload: a service account or a federated identity. A service agent of Google is none.
 * `undefined` if the value is not known.
 */
export function isWorkload({ value, text, outline, identity }: CheckedValue): boolean | undefined {
  if (
    /^serviceAccount:(service-[^@]*|\d+)@/.test(outline) ||
    /^serviceAccount:[^@]*@(gcp-sa-|cloudservices\.)/.test(outline) ||
    SERVICE_AGENT.test(text)
  ) {
    return false;
  }
  if (/^(principal:\/\/|principalSet:\/\/)/.test(outline) || /^\$\{google_service_account\./.test(text))
    return true;
  // An account in a domain that only Terraform knows can be a service agent.
  if (/^serviceAccount:/.test(outline))
    return identity !== undefined || /@[^…]+$/.test(outline) ? true : undefined;
  return isComputed(value) ? undefined : false;
}
