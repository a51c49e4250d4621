import { joined } from './values/expression';
import type { ModelResource } from './model';
import type { ModelObject, ModelValue } from './values/value';

const ACCOUNT = '{account_id}@{project}.iam.gserviceaccount.com';

/**
 * Attributes that a provider computes from arguments of the same resource, in their documented form, with arguments in
 * braces. https://registry.terraform.io/providers/hashicorp/google/latest/docs
 */
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_iam_role: { id: '{name}' },
  google_container_cluster: { id: 'projects/{project}/locations/{location}/clusters/{name}' },
  google_organization_iam_custom_role: {
    id: 'organizations/{org_id}/roles/{role_id}',
    name: 'organizations/{org_id}/roles/{role_id}',
  },
  google_project_iam_custom_role: {
    id: 'projects/{project}/roles/{role_id}',
    name: 'projects/{project}/roles/{role_id}',
  },
  google_service_account: {
    email: ACCOUNT,
    id: `projects/{project}/serviceAccounts/${ACCOUNT}`,
    member: `serviceAccount:${ACCOUNT}`,
    name: `projects/{project}/serviceAccounts/${ACCOUNT}`,
  },
};

/**
 * Value of an attribute that derives from arguments; `undefined` if an argument of it is omitted.
 * @param defaults arguments of the provider, which has the project of resources without one
 */
export function derivedAttribute(
  { type, values }: Pick<ModelResource, 'type' | 'values'>,
  attribute: string,
  defaults: ModelObject = {},
): ModelValue | undefined {
  const form = FORMS[type]?.[attribute];
  if (form === undefined) return undefined;
  // Every second part is the name of an argument.
  const parts = form
    .split(/[{}]/)
    .map((part, at) => (at % 2 === 0 ? part : argumentOf(part, values, defaults)));
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? joined(known) : undefined;
}

function argumentOf(name: string, values: ModelObject, defaults: ModelObject): ModelValue | undefined {
  return values[name] ?? (name === 'project' ? defaults.project : undefined);
}
