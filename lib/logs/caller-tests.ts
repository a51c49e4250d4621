/*
 * Tests of the caller of an audit log entry. An entry has an e-mail address for Google accounts and a subject for
 * federated identities, and no set of members. A set is therefore recognized by what its members have in common in the
 * log, which can be more than the set. `principal_email` and `principal_subject` in
 * https://github.com/googleapis/googleapis/blob/master/google/cloud/audit/audit_log.proto
 */

/** Field of `authenticationInfo` in an audit log entry. */
type CallerField = 'principalEmail' | 'principalSubject';

/** A test of one field of the caller: the field is the text, or it matches the regular expression of RE2. */
export interface CallerTest {
  /** Field of `authenticationInfo`. */
  readonly field: CallerField;
  /** Comparison. */
  readonly operator: 'equals' | 'matches';
  /** Text or regular expression. It can have any characters: a query must escape it. */
  readonly value: string;
}

const EMAIL = 'principalEmail';
const SUBJECT = 'principalSubject';

/** A kind of IAM member: its form, and the tests for the parts of the form. */
interface MemberKind {
  readonly form: RegExp;
  readonly tests: (...parts: string[]) => CallerTest[];
}

const equals = (field: CallerField, value: string): CallerTest => ({ field, operator: 'equals', value });
const matches = (field: CallerField, pattern: string): CallerTest => ({
  field,
  operator: 'matches',
  value: `^${pattern}$`,
});

/** Pods as subjects. GKE may write the older form `serviceAccount:POOL[NAMESPACE/NAME]`. */
const pods = (pool: string, namespace: string, name: string) => [
  matches(SUBJECT, `principal:${pool}/subject/ns/${namespace}/sa/${name}`),
  matches(SUBJECT, `serviceAccount:${lastPart(pool)}\\[${namespace}/${name}\\]`),
];

const ANY = '[^/]+';
const NUMBER = '[0-9]+';
const POOL = '(//iam\\.googleapis\\.com/projects/[^/]+/locations/global/workloadIdentityPools/[^/]+)';

// The first form that fits applies.
const KINDS: readonly MemberKind[] = [
  {
    form: /^serviceAccount:([^[]+)\[([^/]+)\/(.+)\]$/,
    tests: (pool = '', namespace = '', name = '') =>
      pods(
        `//iam\\.googleapis\\.com/projects/${NUMBER}/locations/global/workloadIdentityPools/${literal(pool)}`,
        literal(namespace),
        literal(name),
      ),
  },
  {
    form: /^(?:serviceAccount|user):(.+)$/,
    tests: (email = '') => [equals(EMAIL, email)],
  },
  // The members of a group are not in the log.
  {
    form: /^(?:group:[^@]+@|domain:)(.+)$/,
    tests: (domain = '') => [{ field: EMAIL, operator: 'matches', value: `@${literal(domain)}$` }],
  },
  {
    form: new RegExp(`^principal:${POOL}/subject/ns/([^/]+)/sa/([^/]+)$`),
    tests: (pool = '', namespace = '', name = '') => [
      equals(SUBJECT, `principal:${pool}/subject/ns/${namespace}/sa/${name}`),
      equals(SUBJECT, `serviceAccount:${lastPart(pool)}[${namespace}/${name}]`),
    ],
  },
  {
    form: /^(principal:.+)$/,
    tests: (member = '') => [equals(SUBJECT, member)],
  },
  // The subject of a session of an AWS role is `ROLE/SESSION`, by the attribute mapping of the federation.
  {
    form: new RegExp(`^principalSet:${POOL}/attribute\\.aws_role/arn:[^/]+:assumed-role/([^/]+)$`),
    tests: (pool = '', role = '') => [
      matches(SUBJECT, `principal:${literal(pool)}/subject/${literal(role)}/${ANY}`),
    ],
  },
  {
    form: new RegExp(`^principalSet:${POOL}/namespace/([^/]+)$`),
    tests: (pool = '', namespace = '') => pods(literal(pool), literal(namespace), ANY),
  },
  // The log has no cluster: pods of all clusters of the pool match.
  {
    form: new RegExp(`^principalSet:${POOL}/kubernetes\\.cluster/`),
    tests: (pool = '') => pods(literal(pool), ANY, ANY),
  },
  // The log has no attribute: all identities of the pool match.
  {
    form: new RegExp(`^principalSet:${POOL}/`),
    tests: (pool = '') => [matches(SUBJECT, `principal:${literal(pool)}/subject/.+`)],
  },
];

/** Tests of which one is true in each log entry of the member. A member of an unknown form has none. */
export function callerTests(member: string): readonly CallerTest[] {
  for (const { form, tests } of KINDS) {
    const parts = form.exec(member);
    if (parts !== null) return tests(...parts.slice(1));
  }
  return [];
}

/** Conditions of Cloud Logging of which one is true in each log entry of the member. */
export function callerConditions(member: string): string[] {
  return callerTests(member).map(
    ({ field, operator, value }) =>
      `protoPayload.authenticationInfo.${field}${operator === 'equals' ? '=' : '=~'}"${
        operator === 'equals' ? value.replace(/[\\"]/g, '\\$&') : value
      }"`,
  );
}

function lastPart(pool: string): string {
  return pool.slice(pool.lastIndexOf('/') + 1);
}

/** The text as a regular expression that matches this text only. */
function literal(text: string): string {
  return text.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&').replaceAll('"', '\\x22');
}
