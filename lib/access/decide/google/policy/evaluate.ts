import { evaluateCel } from '../cel/evaluate';
import type { GoogleRequest } from './request';
import type { GooglePolicy, GoogleStatement } from './statement';

/** Result of a policy for one request. */
export type PolicyResult = 'allowed' | 'denied' | 'uncertain';

type Answer = 'no' | 'uncertain' | 'yes';

/** More uncertain memberships than this are not tried one by one. */
const MOST_UNCERTAIN = 8;

/**
 * Evaluates a policy for one request, independent of the decision.
 * @param uncertain members of which it is not known whether the principal belongs to them
 * @returns `uncertain` where the result depends on one of them, or on a role that is not known
 */
export function evaluatePolicy(
  policy: GooglePolicy,
  request: GoogleRequest,
  uncertain: readonly string[],
): PolicyResult {
  const result = resultOf(policy, request, uncertain);
  const [first, ...rest] = uncertain;
  if (result !== 'uncertain' || first === undefined || rest.length >= MOST_UNCERTAIN) return result;
  const outside = evaluatePolicy(policy, request, rest);
  const inside = evaluatePolicy(policy, { ...request, memberOf: [...request.memberOf, first] }, rest);
  return inside === outside ? inside : 'uncertain';
}

function resultOf(policy: GooglePolicy, request: GoogleRequest, uncertain: readonly string[]): PolicyResult {
  const answer = (effect: GoogleStatement['effect']): Answer =>
    anyOf(policy.filter((each) => each.effect === effect).map((each) => applies(each, request, uncertain)));
  const [isAllowed, isDenied] = [answer('allow'), answer('deny')];
  if (isAllowed === 'no' || isDenied === 'yes') return 'denied';
  return isAllowed === 'yes' && isDenied === 'no' ? 'allowed' : 'uncertain';
}

function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('uncertain') ? 'uncertain' : 'no';
}

const OPPOSITE = { no: 'yes', uncertain: 'uncertain', yes: 'no' } as const;

function applies(statement: GoogleStatement, request: GoogleRequest, uncertain: readonly string[]): Answer {
  const isMember = (members: readonly string[]) =>
    anyOf(members.map((each) => (uncertain.includes(each) ? 'uncertain' : belongs(request, each))));
  const results = evaluateCel(statement.condition, request);
  const isTrue = results.has('true') ? (results.size === 1 ? 'yes' : 'uncertain') : 'no';
  const answers: readonly Answer[] = [
    isMember(statement.principals),
    OPPOSITE[isMember(statement.exceptions)],
    isTrue,
    hasPermission(statement, request),
  ];
  if (answers.includes('no')) return 'no';
  return answers.includes('uncertain') ? 'uncertain' : 'yes';
}

/** Whether the principal of a request is one of those of a canonical member. */
function belongs({ principal, memberOf }: GoogleRequest, member: string): Answer {
  return member === principal || memberOf.includes(member) || isInNamedSet(principal, member) ? 'yes' : 'no';
}

function isInNamedSet(principal: string, member: string): boolean {
  if (member === 'allUsers') return true;
  if (member === 'allAuthenticatedUsers') return /^(user|serviceAccount):/.test(principal);
  if (member.startsWith('domain:')) {
    return principal.startsWith('user:') && principal.endsWith(`@${member.slice('domain:'.length)}`);
  }
  const pool = /^principalSet:(\/\/.*)\/\*$/s.exec(member)?.[1];
  if (pool !== undefined) return principal.startsWith(`principal:${pool}/subject/`);
  const [, ofPool, namespace] = /^principalSet:(\/\/[^[]*\.id\.goog)\/namespace\/(.+)$/s.exec(member) ?? [];
  return namespace !== undefined && principal.startsWith(`principal:${ofPool}/subject/ns/${namespace}/sa/`);
}

function hasPermission({ permissions }: GoogleStatement, { permission, role }: GoogleRequest): Answer {
  if (permissions === undefined) return 'yes';
  if (permissions.kind === 'role') {
    if (role === permissions.role) return 'yes';
    // A role that is not known can have each permission.
    if (permission === undefined || permissions.permissions === undefined) return 'uncertain';
    return permissions.permissions.has(permission) ? 'yes' : 'no';
  }
  const matches = (patterns: readonly string[]) =>
    patterns.some((pattern) => {
      const [start = '', end] = pattern.split('*.');
      const text = permission ?? '';
      if (pattern.endsWith('/*.*')) return text.startsWith(pattern.slice(0, -3));
      if (end !== undefined) return text.startsWith(start) && text.endsWith(`.${end}`);
      return pattern.endsWith('.*')
        ? text.startsWith(pattern.slice(0, -1)) && !text.slice(pattern.length - 1).includes('.')
        : text === pattern;
    });
  return matches(permissions.included) && !matches(permissions.excluded) ? 'yes' : 'no';
}
