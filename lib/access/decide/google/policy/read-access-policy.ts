import { isObject } from '../../../../core/is-object';
import { readCondition } from '../cel/read-condition';
import type { Expression } from '../cel/expression';
import { Undecided } from '../../relation';
import { conditionField, readFields, readList, readMembers, type Fields } from './fields';
import { readPatterns } from './patterns';
import type { GooglePolicy } from './statement';

/** https://cloud.google.com/iam/docs/reference/rest/v3/projects.locations.accessPolicies, and the resources of the provider */
const POLICY =
  'accessPolicyId annotations createTime details displayName etag folder id location name organization parent project rules timeouts uid updateTime'.split(
    ' ',
  );
const RULE = ['conditions', 'description', 'effect', 'excludedPrincipals', 'operation', 'principals'];

/** Reads an access policy of the API or of the provider. */
export function readAccessPolicy(document: unknown, path: string): GooglePolicy {
  const policy = readFields(document, POLICY, path);
  const { rules } =
    policy.details === undefined ? policy : readFields(policy.details, ['rules'], `${path}: details`);
  return readList(rules, `${path}: rules`).map((each, index) => {
    const where = `${path}: rules[${index}]`;
    const rule = readFields(each, RULE, where);
    const operation = readFields(
      rule.operation ?? {},
      ['permissions', 'excludedPermissions'],
      `${where}.operation`,
    );
    return {
      effect: effectOf(rule, where),
      principals: readMembers(rule.principals, `${where}.principals`),
      exceptions: readMembers(rule.excludedPrincipals, `${where}.excludedPrincipals`),
      permissions: {
        kind: 'patterns',
        included: readPatterns(operation.permissions, `${where}.operation.permissions`),
        excluded: readPatterns(operation.excludedPermissions, `${where}.operation.excludedPermissions`),
      },
      condition: conditionOf(rule.conditions, `${where}.conditions`),
    };
  });
}

function effectOf({ effect }: Fields, path: string): 'allow' | 'deny' {
  if (effect === 'ALLOW') return 'allow';
  if (effect === 'DENY') return 'deny';
  throw new Undecided(`${path}.effect must be ALLOW or DENY (got ${JSON.stringify(effect)}).`);
}

/** Conditions by service in the API, a list of blocks with the service in the provider. */
function conditionOf(value: unknown, path: string): Expression {
  const conditions = isObject(value) ? Object.values(value) : readList(value, path);
  if (conditions.length > 1) throw new Undecided(`${path} of more than one service are not understood.`);
  return readCondition(conditionField(conditions[0]), path);
}
