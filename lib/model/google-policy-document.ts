import type { ModelResource } from './model';
import { blocksAt, valuesAt } from './values/paths';
import { isComputed, type ModelObject } from './values/value';

/**
 * Policy that a data source `google_iam_policy` renders.
 * https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/iam_policy
 */
export function googlePolicyDocument({ values }: ModelResource): ModelObject {
  const auditConfigs = blocksAt(values, 'audit_config');
  return {
    bindings: blocksAt(values, 'binding').map((each) => (isComputed(each) ? each : bindingOf(each))),
    ...(auditConfigs.length > 0 && {
      auditConfigs: auditConfigs.map((each) => (isComputed(each) ? each : auditConfigOf(each))),
    }),
  };
}

function bindingOf({ role, members, condition }: ModelObject): ModelObject {
  const [first] = blocksAt(condition, '');
  return {
    role: role ?? null,
    members: valuesAt(members, ''),
    ...(first !== undefined && { condition: first }),
  };
}

function auditConfigOf(config: ModelObject): ModelObject {
  return {
    service: config.service ?? null,
    auditLogConfigs: blocksAt(config, 'audit_log_configs').map((each) =>
      isComputed(each)
        ? each
        : {
            logType: each.log_type ?? null,
            ...(each.exempted_members !== undefined && { exemptedMembers: each.exempted_members }),
          },
    ),
  };
}
