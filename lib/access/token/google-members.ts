import { nearest } from '../../core/names';
import type { ModelResource } from '../../model/model';
import { anyText, argument, type ReadContext } from '../edges/reader';
import { memberOfPool, type PoolMember } from '../edges/pool-member';
import type { TokenStep } from './explanation';

/** Members of policies that the attributes of a token are, and the result. */
export interface CheckedMembers {
  readonly names: readonly string[];
  readonly steps: readonly TokenStep[];
}

/** Compares mapped attributes with the members that policies of all stacks name in the pool. */
export function checkMembers(
  provider: ModelResource,
  attributes: Readonly<Record<string, string | readonly string[]>>,
  { graph, ...context }: ReadContext,
): CheckedMembers {
  const pool = anyText(argument(provider, 'workload_identity_pool_id', { ...context }));
  const members = graph.allNodes
    .filter(({ kind }) => kind === 'google.member')
    .flatMap(({ names }) => names)
    .flatMap((name) => memberOfPool(name) ?? [])
    .filter((member) => member.pool === pool);
  const matched = members.filter((member) => isOf(member, attributes));
  if (matched.length > 0) {
    return {
      names: matched.map(({ name }) => name),
      steps: matched.map(({ name }) => ({
        stage: 'member',
        result: 'accepts',
        text: `A policy names the token as ${name}.`,
      })),
    };
  }
  const own = namesOf(pool, attributes);
  const near = nearestPair(members, own);
  const text =
    near === undefined
      ? `No policy names a member of the pool ${pool} that the token is (${own.join(', ')}).`
      : `No policy names the token. The nearest member is ${near.member}, and the token is ${near.own}.`;
  const remedy = near === undefined ? 'Grant access to one of them.' : `Change the member to ${near.own}.`;
  return { names: [], steps: [{ stage: 'member', result: 'rejects', text, remedy }] };
}

/** Whether a member of a policy is the identity with these attributes. */
export function isOf(
  { form, attribute, value }: PoolMember,
  attributes: Readonly<Record<string, string | readonly string[]>>,
): boolean {
  if (form === '*') return true;
  if (value === undefined) return false;
  if (form === 'subject') return attributes['google.subject'] === value;
  if (form === 'group') return [attributes['google.groups'] ?? []].flat().includes(value);
  return attributes[`attribute.${attribute ?? ''}`] === value;
}

/** Members that mean the identity with these attributes. */
function namesOf(
  pool: string,
  attributes: Readonly<Record<string, string | readonly string[]>>,
): readonly string[] {
  const prefix = `iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/${pool}`;
  return Object.entries(attributes).flatMap(([attribute, values]) =>
    [values].flat().map((value) => {
      if (attribute === 'google.subject') return `principal://${prefix}/subject/${value}`;
      return attribute === 'google.groups'
        ? `principalSet://${prefix}/group/${value}`
        : `principalSet://${prefix}/${attribute}/${value}`;
    }),
  );
}

/** A member that a policy names and the most similar one that the token is: of the same attribute if there is one. */
function nearestPair(
  members: readonly PoolMember[],
  own: readonly string[],
): { readonly member: string; readonly own: string } | undefined {
  const pairs = own.map((name) => {
    const attribute = memberOfPool(name)?.form;
    const same = members.filter(({ form }) => form === attribute).map((each) => each.name);
    return { own: name, same, similar: nearest(name, same) };
  });
  const found =
    pairs.find(({ similar }) => similar !== undefined) ?? pairs.find(({ same }) => same.length > 0);
  const member = found?.similar ?? found?.same[0];
  if (found === undefined || member === undefined) return undefined;
  const [number = 'NUMBER'] = /(?<=\/projects\/)[^/]+/.exec(member) ?? [];
  return { member, own: found.own.replace('/projects/NUMBER/', `/projects/${number}/`) };
}
