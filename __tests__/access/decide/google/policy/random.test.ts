import fc from 'fast-check';
import { decide, type DocumentKind } from '../../../../../lib/access/decide';
import {
  CONDITIONS,
  inOtherPolicies,
  MEMBERS,
  PRINCIPALS,
  statements,
  type RandomStatement,
  type WorldPrincipal,
} from './random-policies';

/** RANDOM_PAIRS=10000 is the run of a release; the default keeps `npm test` short. */
const RUNS = Number(process.env.RANDOM_PAIRS ?? 300);

type Policy = readonly RandomStatement[];

interface Request {
  readonly members: readonly string[];
  readonly permission: string;
  readonly hasTag: boolean;
}

const subsets = (texts: readonly string[]): readonly (readonly string[])[] =>
  texts.reduce<readonly (readonly string[])[]>(
    (sets, text) => [...sets, ...sets.map((set) => [...set, text])],
    [[]],
  );

/** A kind of policies: its permissions, how one matches an entry of a statement, and how a document is written. */
interface Kind {
  readonly kind: DocumentKind;
  readonly entries: readonly string[];
  readonly permissions: readonly string[];
  readonly matches: (entry: string, permission: string) => boolean;
  readonly effects: readonly ('ALLOW' | 'DENY')[];
  readonly hasExceptions: boolean;
  /** Whether a request without a matching statement is allowed. */
  readonly isOpen: boolean;
  readonly document: (policy: Policy) => unknown;
}

const ROLES: Readonly<Record<string, readonly string[]>> = {
  'projects/p/roles/read': ['a.b.get', 'a.b.list'],
  'projects/p/roles/write': ['a.b.get', 'a.b.create'],
  'projects/p/roles/all': ['a.b.get', 'a.b.list', 'a.b.create'],
};
const PATTERNS = [
  'a.googleapis.com/b.get',
  'a.googleapis.com/b.*',
  'a.googleapis.com/*.get',
  'a.googleapis.com/*.*',
];
const DENIED = [
  'a.googleapis.com/b.get',
  'a.googleapis.com/b.list',
  'a.googleapis.com/c.get',
  'a.googleapis.com/c.list',
];

/** A pattern as a regular expression: `*` is one part. */
const matchesPattern = (entry: string, permission: string) =>
  new RegExp(`^${entry.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`).test(permission);

const KINDS: readonly Kind[] = [
  {
    kind: 'gcp-policy',
    entries: Object.keys(ROLES),
    permissions: ['a.b.get', 'a.b.list', 'a.b.create'],
    matches: (entry, permission) => ROLES[entry]?.includes(permission) ?? false,
    effects: ['ALLOW'],
    hasExceptions: false,
    isOpen: false,
    document: (policy) => ({
      roles: Object.entries(ROLES).map(([name, permissions]) => ({ name, permissions })),
      bindings: policy.flatMap(({ members, permissions, condition }) =>
        permissions.map((role) => ({ role, members, condition: { expression: condition } })),
      ),
    }),
  },
  {
    kind: 'gcp-deny-policy',
    entries: PATTERNS,
    permissions: DENIED,
    matches: matchesPattern,
    effects: ['DENY'],
    hasExceptions: true,
    isOpen: true,
    document: (policy) => ({
      rules: policy.map(({ members, exceptions, permissions, excluded, condition }) => ({
        denyRule: {
          deniedPrincipals: members.map(inOtherPolicies),
          exceptionPrincipals: exceptions.map(inOtherPolicies),
          deniedPermissions: permissions,
          exceptionPermissions: excluded,
          denialCondition: { expression: condition },
        },
      })),
    }),
  },
  {
    kind: 'gcp-access-policy',
    entries: PATTERNS,
    permissions: DENIED,
    matches: matchesPattern,
    effects: ['ALLOW', 'DENY'],
    hasExceptions: true,
    isOpen: false,
    document: (policy) => ({
      rules: policy.map(({ effect, members, exceptions, permissions, excluded, condition }) => ({
        effect,
        principals: members.map(inOtherPolicies),
        excludedPrincipals: exceptions.map(inOtherPolicies),
        operation: { permissions, excludedPermissions: excluded },
        conditions: { 'iam.googleapis.com': { expression: condition } },
      })),
    }),
  },
];

function isAllowed(
  { matches, isOpen }: Kind,
  policy: Policy,
  { members, permission, hasTag }: Request,
): boolean {
  const applying = policy.filter(
    (each) =>
      each.members.some((member) => members.includes(member)) &&
      !each.exceptions.some((member) => members.includes(member)) &&
      each.permissions.some((entry) => matches(entry, permission)) &&
      !each.excluded.some((entry) => matches(entry, permission)) &&
      (CONDITIONS[each.condition]?.(hasTag) ?? false),
  );
  const allows = isOpen || applying.some(({ effect }) => effect === 'ALLOW');
  return allows && !applying.some(({ effect }) => effect === 'DENY');
}

/** Answer by enumeration: `possible` if a witness depends on facts that only a cloud knows. */
function enumerated(kind: Kind, a: Policy, b: Policy): 'broader' | 'possible' | 'within' {
  const isWitness = (request: Request) => isAllowed(kind, a, request) && !isAllowed(kind, b, request);
  const answers = PRINCIPALS.flatMap(({ always, chosen, open }: WorldPrincipal) =>
    subsets(chosen).flatMap((own) =>
      kind.permissions.flatMap((permission) =>
        [true, false].map((hasTag) =>
          subsets(open).map((facts) =>
            isWitness({ members: [...always, ...own, ...facts], permission, hasTag }),
          ),
        ),
      ),
    ),
  );
  if (answers.some((each) => each.every(Boolean))) return 'broader';
  return answers.some((each) => each.some(Boolean)) ? 'possible' : 'within';
}

const EXPECTED = { broader: 'broader', possible: 'unknown', within: 'within' } as const;

describe.each(KINDS)('$kind', (kind) => {
  const members = kind.hasExceptions
    ? MEMBERS.filter((each) => each !== 'allAuthenticatedUsers' && !each.startsWith('domain:'))
    : MEMBERS;
  const policy = statements(members, kind.entries, kind.effects, kind.hasExceptions);
  const relation = (a: Policy, b: Policy) => decide(kind.kind, kind.document(a), kind.document(b)).relation;

  test('random policies are decided as the enumeration of requests does', () => {
    fc.assert(
      fc.property(policy, policy, (a, b) => {
        expect(relation(a, b)).toBe(EXPECTED[enumerated(kind, a, b)]);
      }),
      { numRuns: RUNS },
    );
  });

  test('laws: a policy is within itself in any order, and one more statement allows or denies more', () => {
    fc.assert(
      fc.property(policy, policy, (a, b) => {
        expect(relation(a, [...a].reverse())).toBe('within');
        const more = [...a, ...b.filter(({ effect }) => effect === 'ALLOW')];
        expect(relation(a, more)).toBe('within');
        const less = [...a, ...b.filter(({ effect }) => effect === 'DENY')];
        expect(relation(less, a)).toBe('within');
      }),
    );
  });
});
