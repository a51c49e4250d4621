import fc from 'fast-check';

/** Memberships of a principal by member: always, never, or as a cloud knows. */
export interface WorldPrincipal {
  readonly name: string;
  readonly always: readonly string[];
  /** Each subset of these is possible, and the request of a witness can choose it. */
  readonly chosen: readonly string[];
  /** Each subset of these is possible, and only a cloud knows it. */
  readonly open: readonly string[];
}

const pool = 'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p';
const [x, y, everything] = [`${pool}/attribute.x/1`, `${pool}/attribute.y/1`, `${pool}/*`];
const subject = `${pool.replace('principalSet', 'principal')}/subject/s`;
const [all, accounts, group, domain] = [
  'allUsers',
  'allAuthenticatedUsers',
  'group:g@a.example',
  'domain:a.example',
];

/** Members of random policies. */
export const MEMBERS = [
  all,
  accounts,
  group,
  domain,
  'user:u@a.example',
  'user:v@b.example',
  'serviceAccount:s@p.iam.gserviceaccount.com',
  everything,
  x,
  y,
  subject,
];

/** Principals that differ for random policies, written by hand from the documentation. */
export const PRINCIPALS: readonly WorldPrincipal[] = [
  { name: 'anonymous', always: [all], chosen: [], open: [] },
  { name: 'another user', always: [all, accounts], chosen: [group], open: [] },
  { name: 'another user of the domain', always: [all, accounts, domain], chosen: [group], open: [] },
  { name: 'u', always: [all, accounts, domain, 'user:u@a.example'], chosen: [], open: [group] },
  { name: 'v', always: [all, accounts, 'user:v@b.example'], chosen: [], open: [group] },
  {
    name: 's',
    always: [all, accounts, 'serviceAccount:s@p.iam.gserviceaccount.com'],
    chosen: [],
    open: [group],
  },
  { name: 'another service account', always: [all, accounts], chosen: [group], open: [] },
  { name: 'another subject', always: [all, everything], chosen: [x, y], open: [] },
  { name: 'the subject', always: [all, everything, subject], chosen: [], open: [x, y] },
];

/** Forms of members in deny policies and access policies. */
export const inOtherPolicies = (member: string): string =>
  member
    .replace(/^allUsers$/, 'principalSet://goog/public:all')
    .replace(/^group:/, 'principalSet://goog/group/')
    .replace(/^user:/, 'principal://goog/subject/')
    .replace(/^serviceAccount:/, 'principal://iam.googleapis.com/projects/-/serviceAccounts/');

const TAG = "resource.hasTagKey('1/k')";
/** Conditions of random policies: whether they are true with and without the tag. */
export const CONDITIONS: Readonly<Record<string, (hasTag: boolean) => boolean>> = {
  true: () => true,
  [TAG]: (hasTag) => hasTag,
  [`!${TAG}`]: (hasTag) => !hasTag,
};

/** Statement of a random policy. */
export interface RandomStatement {
  readonly effect: 'ALLOW' | 'DENY';
  readonly members: readonly string[];
  readonly exceptions: readonly string[];
  readonly permissions: readonly string[];
  readonly excluded: readonly string[];
  readonly condition: string;
}

const list = (texts: readonly string[], maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...texts), { maxLength });
const some = (texts: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 });

/** Random policies of statements about permissions of one service. */
export const statements = (
  members: readonly string[],
  permissions: readonly string[],
  effects: readonly ('ALLOW' | 'DENY')[],
  hasExceptions: boolean,
): fc.Arbitrary<readonly RandomStatement[]> =>
  fc.array(
    fc.record({
      effect: fc.constantFrom(...effects),
      members: some(members),
      exceptions: hasExceptions ? list(members, 2) : fc.constant([]),
      permissions: some(permissions),
      excluded: hasExceptions ? list(permissions, 1) : fc.constant([]),
      condition: fc.constantFrom(...Object.keys(CONDITIONS)),
    }),
    { maxLength: 3 },
  );
