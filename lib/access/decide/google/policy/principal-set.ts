import { poolOf } from './member';

/** A set of principals that a policy names. */
export type PrincipalSet =
  | { readonly kind: 'all' }
  /** Each Google Account and service account, and no identity of a pool. */
  | { readonly kind: 'authenticated' }
  /** One user, service account, or subject of a pool. */
  | { readonly kind: 'one'; readonly member: string }
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'pool'; readonly pool: string }
  /** Subjects of a pool of GKE in one namespace. */
  | { readonly kind: 'namespace'; readonly pool: string; readonly namespace: string }
  /** Identities of a pool with an attribute or a group. */
  | { readonly kind: 'attribute'; readonly pool: string; readonly name: string; readonly value: string }
  /** Accounts that only Google knows: members of a group, of an organization, or with a role on a project. */
  | { readonly kind: 'membership'; readonly member: string };

/** A set whose principals are known by their names, so that a policy decides without further facts. */
export const isByName = ({ kind }: PrincipalSet): boolean => kind !== 'attribute' && kind !== 'membership';

/** The set of principals of a canonical member. */
export function principalSetOf(member: string): PrincipalSet {
  if (member === 'allUsers') return { kind: 'all' };
  if (member === 'allAuthenticatedUsers') return { kind: 'authenticated' };
  if (/^(?:user|serviceAccount):|^principal:/.test(member)) return { kind: 'one', member };
  if (member.startsWith('domain:')) return { kind: 'domain', domain: member.slice('domain:'.length) };
  const pool = poolOf(member);
  if (pool === undefined) return { kind: 'membership', member };
  const rest = member.slice(`principalSet://${pool}/`.length);
  if (rest === '*') return { kind: 'pool', pool };
  const [name = '', ...value] = rest.split('/');
  if (name === 'namespace' && pool.endsWith('.id.goog')) {
    return { kind: 'namespace', pool, namespace: value.join('/') };
  }
  return { kind: 'attribute', pool, name, value: value.join('/') };
}
