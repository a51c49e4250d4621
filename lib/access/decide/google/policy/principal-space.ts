import type { Signed } from '../../regions';
import type { PrincipalLiteral } from './literals';
import type { PrincipalSet } from './principal-set';
import { poolOf } from './member';

/** A principal that represents all principals of which the policies do not tell the difference. */
interface Candidate {
  readonly member: string;
  readonly type: 'anonymous' | 'subject' | 'serviceAccount' | 'user';
  /** Whether a policy names it, so that its groups and attributes are facts that only a cloud knows. */
  readonly isNamed: boolean;
  readonly domain?: string;
  readonly pool?: string;
  readonly namespace?: string;
}

/** A principal that satisfies claims. */
export interface FoundPrincipal {
  readonly principal: string;
  readonly memberOf: readonly string[];
  /** Sets of which it is not known whether the principal belongs to them. */
  readonly uncertain: readonly string[];
}

/** Principals that are tried as a witness for the same claims. */
const MOST = 16;

type Membership = 'free' | 'no' | 'yes';
type SignedPrincipal = Signed<PrincipalLiteral>;

/** Principals of two policies. https://cloud.google.com/iam/docs/principals-overview */
export class PrincipalSpace {
  private readonly sets: readonly PrincipalSet[];
  /** One candidate for each combination of answers to the claims. */
  private readonly candidates: readonly Candidate[];
  /** Answers of all candidates, by literal. */
  private readonly answers: ReadonlyMap<PrincipalLiteral, readonly Membership[]>;

  constructor(literals: readonly PrincipalLiteral[]) {
    this.sets = literals.flatMap(({ sets }) => sets);
    const byAnswers = new Map<string, Candidate>();
    for (const candidate of candidatesOf(this.sets)) {
      const { isNamed, type } = candidate;
      const key = [isNamed, type, ...literals.map((each) => answerOf(candidate, each))].join();
      if (!byAnswers.has(key)) byAnswers.set(key, candidate);
    }
    this.candidates = [...byAnswers.values()];
    this.answers = new Map(
      literals.map((literal) => [literal, this.candidates.map((each) => answerOf(each, literal))]),
    );
  }

  /** Whether a principal can satisfy all claims. */
  public isPossible(signed: readonly SignedPrincipal[]): boolean {
    return this.candidates.some((_, index) => this.satisfies(index, signed));
  }

  /** Principals that satisfy the claims, first one without uncertain memberships. The claims are possible. */
  public find(signed: readonly SignedPrincipal[]): readonly FoundPrincipal[] {
    const found = this.candidates
      .filter((_, index) => this.satisfies(index, signed))
      .map((candidate) => this.foundOf(candidate, signed));
    const certain = found.find(({ uncertain }) => uncertain.length === 0);
    const others = found.filter(({ uncertain }) => uncertain.length > 0);
    return [...(certain ? [certain] : []), ...others].slice(0, MOST);
  }

  private satisfies(index: number, signed: readonly SignedPrincipal[]): boolean {
    const values = new Map<string, string>();
    return signed.every(({ literal, holds }) => {
      const answer = this.answers.get(literal)?.[index];
      if (answer !== 'free') return (answer === 'yes') === holds;
      const [set] = literal.sets;
      // A group is a set, and another attribute has one value. https://cloud.google.com/iam/docs/workload-identity-federation#mapping
      if (!holds || set?.kind !== 'attribute' || set.name === 'group') return true;
      const known = values.get(set.name) ?? set.value;
      values.set(set.name, known);
      return known === set.value;
    });
  }

  private foundOf(candidate: Candidate, signed: readonly SignedPrincipal[]): FoundPrincipal {
    const hasDomain = this.sets.some(({ kind }) => kind === 'domain');
    const free = this.sets.filter((set) => membership(candidate, set) === 'free');
    const uncertain = free.filter((set) => isUncertain(candidate, set, hasDomain)).map(memberOf);
    const claimed = signed.flatMap(({ literal, holds }) => (holds ? literal.sets : [])).map(memberOf);
    const members = free.map(memberOf).filter((each) => claimed.includes(each) && !uncertain.includes(each));
    return {
      principal: candidate.member,
      memberOf: [...new Set(members)].sort(),
      uncertain: [...new Set(uncertain)].sort(),
    };
  }
}

function candidatesOf(sets: readonly PrincipalSet[]): readonly Candidate[] {
  const named = new Set(sets.flatMap((each) => (each.kind === 'one' ? [each.member] : [])));
  const fresh = (text: (name: string) => string): string => {
    let name = 'other';
    while (named.has(text(name))) name += 'x';
    return text(name);
  };
  const user = (domain: string): Candidate => ({
    member: fresh((name) => `user:${name}@${domain}`),
    type: 'user',
    isNamed: false,
    domain,
  });
  const domains = sets.flatMap((each) => (each.kind === 'domain' ? [each.domain] : []));
  let otherDomain = 'example.net';
  while (domains.includes(otherDomain)) otherDomain = `other.${otherDomain}`;
  const pools = new Set(
    sets.flatMap((each) => {
      if (each.kind === 'one') return poolOf(each.member) ?? [];
      return 'pool' in each ? [each.pool] : [];
    }),
  );
  const account: Candidate = {
    member: fresh((name) => `serviceAccount:${name}@${name}.iam.gserviceaccount.com`),
    type: 'serviceAccount',
    isNamed: false,
  };
  return [
    user(otherDomain),
    ...[...new Set(domains)].sort().map(user),
    account,
    ...[...named].sort().map(namedCandidate),
    ...[...pools].sort().flatMap((pool) => subjectsOf(pool, sets, fresh)),
    { member: 'anonymous', type: 'anonymous', isNamed: false },
  ];
}

function namedCandidate(member: string): Candidate {
  const pool = poolOf(member);
  if (pool !== undefined) return { member, type: 'subject', isNamed: true, pool, ...namespaceIn(member) };
  const isUser = member.startsWith('user:');
  const domain = member.replace(/^.*@/, '');
  return { member, type: isUser ? 'user' : 'serviceAccount', isNamed: true, ...(isUser && { domain }) };
}

function subjectsOf(
  pool: string,
  sets: readonly PrincipalSet[],
  fresh: (text: (name: string) => string) => string,
): readonly Candidate[] {
  const subject = (form: (name: string) => string): Candidate => {
    const member = fresh((name) => `principal://${pool}/subject/${form(name)}`);
    return { member, type: 'subject', isNamed: false, pool, ...namespaceIn(member) };
  };
  const spaces = sets.flatMap((each) =>
    each.kind === 'namespace' && each.pool === pool ? [each.namespace] : [],
  );
  let otherSpace = 'other';
  while (spaces.includes(otherSpace)) otherSpace += 'x';
  return pool.endsWith('.id.goog')
    ? [otherSpace, ...new Set(spaces)].map((space) => subject((name) => `ns/${space}/sa/${name}`))
    : [subject((name) => name)];
}

/** The namespace in the subject of a Kubernetes service account. */
function namespaceIn(member: string): { namespace?: string } {
  const [, namespace] = /\.id\.goog\/subject\/ns\/([^/]+)\/sa\//.exec(member) ?? [];
  return namespace === undefined ? {} : { namespace };
}

function membership(candidate: Candidate, set: PrincipalSet): Membership {
  const { type } = candidate;
  const isAccount = type === 'user' || type === 'serviceAccount';
  const known = (is: boolean): Membership => (is ? 'yes' : 'no');
  switch (set.kind) {
    case 'all':
      return 'yes';
    case 'authenticated':
      return known(isAccount);
    case 'one':
      return known(candidate.member === set.member);
    case 'domain':
      return known(candidate.domain === set.domain);
    case 'pool':
      return known(candidate.pool === set.pool);
    case 'namespace':
      return known(candidate.pool === set.pool && candidate.namespace === set.namespace);
    case 'attribute':
      return candidate.pool === set.pool ? 'free' : 'no';
    case 'membership':
      if (set.member.endsWith('/type/ServiceAccount')) return type === 'serviceAccount' ? 'free' : 'no';
      return isAccount ? 'free' : 'no';
  }
}

function answerOf(candidate: Candidate, { sets }: PrincipalLiteral): Membership {
  const answers = sets.map((set) => membership(candidate, set));
  if (answers.includes('yes')) return 'yes';
  return answers.includes('free') ? 'free' : 'no';
}

/** A domain and a customer of Google Workspace can be the same organization, with the same users. */
function isUncertain({ isNamed, type }: Candidate, set: PrincipalSet, hasDomain: boolean): boolean {
  if (isNamed) return true;
  const isCustomer = set.kind === 'membership' && set.member.includes('/cloudIdentityCustomerId/');
  return isCustomer && hasDomain && type === 'user';
}

function memberOf(set: PrincipalSet): string {
  if (set.kind === 'attribute') return `principalSet://${set.pool}/${set.name}/${set.value}`;
  return set.kind === 'membership' ? set.member : '';
}
