import { readCondition } from '../cel/read-condition';
import { conditionField, readFields, readList, readMembers } from './fields';
import { readPatterns } from './patterns';
import type { GooglePolicy } from './statement';

/** https://cloud.google.com/iam/reference/rest/v2/policies, and the resource google_iam_deny_policy */
const POLICY =
  'annotations createTime deleteTime displayName etag id kind managingAuthority name parent rules timeouts uid updateTime'.split(
    ' ',
  );
const RULE = ['denyRule', 'description'];
const DENY_RULE =
  'deniedPermissions deniedPrincipals denialCondition exceptionPermissions exceptionPrincipals'.split(' ');

/** Allows each request that no rule denies. */
const REST: GooglePolicy = [
  { effect: 'allow', principals: ['allUsers'], exceptions: [], condition: { kind: 'boolean', value: true } },
];

/** Reads a deny policy of the API or of the provider. */
export function readDenyPolicy(document: unknown, path: string): GooglePolicy {
  const { rules } = readFields(document, POLICY, path);
  const denied = readList(rules, `${path}: rules`).map((each, index): GooglePolicy[number] => {
    const where = `${path}: rules[${index}]`;
    const rule = readFields(readFields(each, RULE, where).denyRule, DENY_RULE, `${where}.denyRule`);
    const at = (name: string): string => `${where}.denyRule.${name}`;
    return {
      effect: 'deny',
      principals: readMembers(rule.deniedPrincipals, at('deniedPrincipals')),
      exceptions: readMembers(rule.exceptionPrincipals, at('exceptionPrincipals')),
      permissions: {
        kind: 'patterns',
        included: readPatterns(rule.deniedPermissions, at('deniedPermissions')),
        excluded: readPatterns(rule.exceptionPermissions, at('exceptionPermissions')),
      },
      condition: readCondition(conditionField(rule.denialCondition), at('denialCondition')),
    };
  });
  return [...REST, ...denied];
}
