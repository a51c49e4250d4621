import type { GoogleRequest } from '../../access/decide/google/policy/request';
import { decide, type DocumentKind } from '../../access/decide/decide';
import { attachmentPoint, googlePolicyKind } from '../../access/permissions/google-policy';
import type { Model, ModelResource } from '../../model/model';
import { isUnset } from '../../model/values/value';
import { templateText } from '../../model/values/value-text';
import type { AccessChange } from '../review';
import type { Sides } from '../sides';
import { plain } from './plain-value';
import type { Reached } from './reach';
import { changeOf, type Side } from './verdict';

/** A deny policy or an access policy of Google Cloud. */
interface Policy {
  readonly resource: ModelResource;
  readonly kind: DocumentKind;
  readonly words: 'access' | 'deny';
  readonly document: unknown;
}

/** Both versions of a policy that a plan changes. */
export interface PolicyPair {
  readonly subject: string;
  readonly before: Policy;
  readonly after: Policy;
}

/**
 * Deny policies and access policies that are on both sides. The graph has the sentences of those that a plan creates or
 * deletes.
 */
export function policyPairs({ before, after }: Sides): readonly PolicyPair[] {
  const now = policiesIn(after);
  return [...policiesIn(before)].flatMap(([subject, old]) => {
    const policy = now.get(subject);
    return policy === undefined ? [] : [{ subject, before: old, after: policy }];
  });
}

/** Changes of deny policies and access policies, decided exactly. */
export function googlePolicyChanges(pairs: readonly PolicyPair[], reached: Reached): readonly AccessChange[] {
  return pairs.flatMap(({ subject, before, after }) => {
    if (JSON.stringify(before.document) === JSON.stringify(after.document)) return [];
    const change = changeOf({
      subject,
      gained: beyond(after, before, 'may now'),
      lost: beyond(before, after, 'may no longer'),
      resources: [after.resource],
      reached,
      identities: [],
    });
    return change ?? [];
  });
}

function beyond(one: Policy, other: Policy, verb: string): Side {
  const relation = decide(one.kind, one.document, other.document);
  if (relation.relation === 'within') return { certain: [], unknown: [] };
  // The reason is the same for both directions.
  if (relation.relation === 'unknown') {
    return { certain: [], unknown: [relation.reason.replace(/^Document [AB]: /, 'It is not decided: ')] };
  }
  return { certain: [requestText(relation.witness as GoogleRequest, verb)], unknown: [] };
}

/** A request as a sentence. */
function requestText(
  { principal, memberOf, permission = '', attributes }: GoogleRequest,
  verb: string,
): string {
  const conditions = Object.entries(attributes).map(([name, value]) => `${name} = ${value}`);
  return [
    [principal, ...memberOf].join(' of '),
    `${verb} use ${permission}`,
    ...(conditions.length === 0 ? [] : [`with ${conditions.join(' and ')}`]),
  ].join(' ');
}

/** Policies by a name that does not depend on their addresses. */
function policiesIn({ stacks }: Model): ReadonlyMap<string, Policy> {
  const policies = stacks.flatMap(({ resources }) => resources).flatMap((each) => policyOf(each) ?? []);
  return new Map(policies.map((policy) => [subjectOf(policy), policy]));
}

function policyOf(resource: ModelResource): Policy | undefined {
  const { type, values } = resource;
  const words = googlePolicyKind(type);
  if (words === undefined) return undefined;
  const parts = { rules: values.rules, details: values.details };
  const given = Object.entries(parts).filter(([, each]) => each !== undefined && !isUnset(each));
  return { resource, kind: `gcp-${words}-policy`, words, document: plain(Object.fromEntries(given)) };
}

function subjectOf({ words, resource: { values } }: Policy): string {
  const text = (...names: readonly string[]) =>
    names.flatMap((name) => values[name] ?? []).map((each) => templateText(each))[0] ?? '';
  const place = text('parent', 'project', 'folder', 'organization');
  return `${words} policy ${text('name', 'access_policy_id')} on ${attachmentPoint(place)}`;
}
