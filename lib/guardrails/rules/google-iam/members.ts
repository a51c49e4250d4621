import { isComputed } from '../../../model/values/value';
import type { CheckedValue } from '../../checked-value';
import type { Subject } from '../../subject';

/** Members of a Google IAM member or binding. */
export function membersOf(resource: Subject): readonly CheckedValue[] {
  return [resource.value('member'), ...resource.value('members').elements].filter(
    ({ isPresent }) => isPresent,
  );
}

/** IAM members and bindings of a project, a folder or an organization. */
export const WIDE_GRANTS = ['project', 'folder', 'organization'].flatMap((scope) => [
  `google_${scope}_iam_member`,
  `google_${scope}_iam_binding`,
]);

/** IAM members and bindings of any resource. */
export const GRANTS = ['google_*_iam_member', 'google_*_iam_binding'];

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
