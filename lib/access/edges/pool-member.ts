/** A member of an IAM policy that identities of a workload identity pool have. */
export interface PoolMember {
  /** The member as the policy has it. */
  readonly name: string;
  /** Id of the pool. */
  readonly pool: string;
  /** `subject`, `attribute.NAME`, `group`, or `*` for each identity of the pool. */
  readonly form: string;
  /** Name of the attribute; `undefined` for the other forms. */
  readonly attribute: string | undefined;
  /** Value of the subject, the attribute or the group. */
  readonly value: string | undefined;
}

/** A subject is a `principal`, every other form is a `principalSet`. https://cloud.google.com/iam/docs/principal-identifiers */
const MEMBER =
  /^(principal|principalSet):\/\/iam\.googleapis\.com\/projects\/[^/]+\/locations\/global\/workloadIdentityPools\/([^/]+)\/(subject|attribute\.([^/]+)|group|\*)(?:\/(.*))?$/s;

/** Parts of a member; `undefined` for a member that is not of a pool. */
export function memberOfPool(name: string): PoolMember | undefined {
  const [, scheme, pool, form, attribute, value] = MEMBER.exec(name) ?? [];
  if (pool === undefined || form === undefined) return undefined;
  return (scheme === 'principal') === (form === 'subject')
    ? { name, pool, form, attribute, value }
    : undefined;
}
