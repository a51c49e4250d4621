/*
 * Conditions on the caller of an audit log entry. An entry has an e-mail address for Google accounts and a subject for
 * federated identities, and no set of members. A set is therefore recognized by what its members have in common in the
 * log, which can be more than the set. `principal_email` and `principal_subject` in
 * https://github.com/googleapis/googleapis/blob/master/google/cloud/audit/audit_log.proto
 */

const EMAIL = 'protoPayload.authenticationInfo.principalEmail';
const SUBJECT = 'protoPayload.authenticationInfo.principalSubject';

/** A kind of IAM member: its form, and the conditions for the parts of the form. */
interface MemberKind {
  readonly form: RegExp;
  readonly conditions: (...parts: string[]) => string[];
}

const equals = (field: string, text: string) => `${field}="${text}"`;
const matches = (field: string, pattern: string) => `${field}=~"^${pattern}$"`;

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
    conditions: (pool = '', namespace = '', name = '') =>
      pods(
        `//iam\\.googleapis\\.com/projects/${NUMBER}/locations/global/workloadIdentityPools/${literal(pool)}`,
        literal(namespace),
        literal(name),
      ),
  },
  {
    form: /^(?:serviceAccount|user):(.+)$/,
    conditions: (email = '') => [equals(EMAIL, email)],
  },
  // The members of a group are not in the log.
  {
    form: /^(?:group:[^@]+@|domain:)(.+)$/,
    conditions: (domain = '') => [`${EMAIL}=~"@${literal(domain)}$"`],
  },
  {
    form: new RegExp(`^principal:${POOL}/subject/ns/([^/]+)/sa/([^/]+)$`),
    conditions: (pool = '', namespace = '', name = '') => [
      equals(SUBJECT, `principal:${pool}/subject/ns/${namespace}/sa/${name}`),
      equals(SUBJECT, `serviceAccount:${lastPart(pool)}[${namespace}/${name}]`),
    ],
  },
  {
    form: /^(principal:.+)$/,
    conditions: (member = '') => [equals(SUBJECT, member)],
  },
  // The subject of a session of an AWS role is `ROLE/SESSION`, by the attribute mapping of the federation.
  {
    form: new RegExp(`^principalSet:${POOL}/attribute\\.aws_role/arn:[^/]+:assumed-role/([^/]+)$`),
    conditions: (pool = '', role = '') => [
      matches(SUBJECT, `principal:${literal(pool)}/subject/${literal(role)}/${ANY}`),
    ],
  },
  {
    form: new RegExp(`^principalSet:${POOL}/namespace/([^/]+)$`),
    conditions: (pool = '', namespace = '') => pods(literal(pool), literal(namespace), ANY),
  },
  // The log has no cluster: pods of all clusters of the pool match.
  {
    form: new RegExp(`^principalSet:${POOL}/kubernetes\\.cluster/`),
    conditions: (pool = '') => pods(literal(pool), ANY, ANY),
  },
  // The log has no attribute: all identities of the pool match.
  {
    form: new RegExp(`^principalSet:${POOL}/`),
    conditions: (pool = '') => [matches(SUBJECT, `principal:${literal(pool)}/subject/.+`)],
  },
];

/** Conditions of which one is true in each log entry of the member. A member of an unknown form has none. */
export function callerConditions(member: string): string[] {
  for (const { form, conditions } of KINDS) {
    const parts = form.exec(member);
    if (parts !== null) return conditions(...parts.slice(1));
  }
  return [];
}

function lastPart(pool: string): string {
  return pool.slice(pool.lastIndexOf('/') + 1);
}

/** The text as a regular expression that matches this text only. */
function literal(text: string): string {
  return text.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&');
}
