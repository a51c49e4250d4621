import type { RbacRequest, RbacResourceRequest } from './request';
import type { RbacRule } from './roles';

const lists = (entries: readonly string[], value: string): boolean =>
  entries.some((entry) => entry === '*' || entry === value);

function matchesResource(entry: string, { resource, subresource }: RbacResourceRequest): boolean {
  if (subresource === undefined) return entry === '*' || entry === resource;
  return ['*', `${resource}/${subresource}`, `*/${subresource}`].includes(entry);
}

function matchesPath(entry: string, path: string): boolean {
  if (!entry.endsWith('*')) return entry === path;
  return entry === path || path.startsWith(entry.replace(/\*+$/, ''));
}

/**
 * Whether a rule allows a request, as `RuleAllows` and its helpers do:
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/v1/evaluation_helpers.go
 */
function ruleAllows(rule: RbacRule, request: RbacRequest): boolean {
  if (!lists(rule.verbs, request.verb)) return false;
  if ('path' in request) return rule.nonResourceURLs.some((entry) => matchesPath(entry, request.path));
  return (
    lists(rule.apiGroups, request.apiGroup) &&
    rule.resources.some((entry) => matchesResource(entry, request)) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name ?? ''))
  );
}

/** Evaluates one request, independent of the decision. */
export function evaluateRbac(rules: readonly RbacRule[], request: RbacRequest): 'allowed' | 'denied' {
  return rules.some((rule) => ruleAllows(rule, request)) ? 'allowed' : 'denied';
}
