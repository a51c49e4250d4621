import { Undecided } from '../../relation';

/** https://cloud.google.com/iam/docs/principal-identifiers */
const FORMS: readonly (readonly [form: RegExp, canonical: (...parts: string[]) => string])[] = [
  [/^allUsers$|^principalSet:\/\/goog\/public:all$/, () => 'allUsers'],
  [/^allAuthenticatedUsers$/, () => 'allAuthenticatedUsers'],
  [
    /^serviceAccount:([^[\]/]+\.id\.goog)\[([^/[\]]+)\/([^/[\]]+)\]$/,
    (pool, namespace, account) => `principal://${poolPath('-', pool)}/subject/ns/${namespace}/sa/${account}`,
  ],
  [/^(user|serviceAccount|group):([^@\s/]+@[^@\s/]+)$/, (type, email) => `${type}:${email.toLowerCase()}`],
  [/^domain:([^@\s/]+)$/, (domain) => `domain:${domain.toLowerCase()}`],
  [/^principal:\/\/goog\/subject\/([^@\s/]+@[^@\s/]+)$/, (email) => `user:${email.toLowerCase()}`],
  [/^principalSet:\/\/goog\/group\/([^@\s/]+@[^@\s/]+)$/, (email) => `group:${email.toLowerCase()}`],
  [
    /^principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/([^@\s/]+@[^@\s/]+)$/,
    (email) => `serviceAccount:${email.toLowerCase()}`,
  ],
  [
    /^(principal:\/\/)iam\.googleapis\.com\/projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)\/(subject\/.+)$/s,
    (scheme, project, pool, rest) => `${scheme}${poolPath(project, pool)}/${rest}`,
  ],
  [
    /^(principalSet:\/\/)iam\.googleapis\.com\/projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)\/(\*|(?!subject\/)[^/]+\/.+)$/s,
    (scheme, project, pool, rest) => `${scheme}${poolPath(project, pool)}/${rest}`,
  ],
  [
    /^(principal:\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/[^/]+\/subject\/.+)$/s,
    (text) => text,
  ],
  [
    /^(principalSet:\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/[^/]+\/(?:\*|(?!subject\/)[^/]+\/.+))$/s,
    (text) => text,
  ],
  [/^(principalSet:\/\/goog\/cloudIdentityCustomerId\/[^/]+)$/, (text) => text],
  [
    /^(principalSet:\/\/cloudresourcemanager\.googleapis\.com\/(?:projects|folders|organizations)\/[^/]+\/type\/ServiceAccount)$/,
    (text) => text,
  ],
  [/^(project(?:Owner|Editor|Viewer):[^\s/]+)$/, (text) => text],
];

/** The name of a pool of GKE or of a fleet is unique. Other pools have names that are unique in their project. */
function poolPath(project: string, pool: string): string {
  const owner = pool.endsWith('.id.goog') ? '-' : project;
  return `iam.googleapis.com/projects/${owner}/locations/global/workloadIdentityPools/${pool}`;
}

/**
 * One spelling for each member of a policy: allow policies, deny policies and access policies have other forms for the
 * same principals. Undefined for a deleted principal, which has no access.
 * @throws Undecided for a text that is not a member
 */
export function canonicalMember(text: unknown, path: string): string | undefined {
  if (typeof text === 'string') {
    if (text.startsWith('deleted:')) return undefined;
    for (const [form, canonical] of FORMS) {
      const found = form.exec(text);
      if (found) return canonical(...found.slice(1));
    }
  }
  throw new Undecided(`${path} must be a principal of Google Cloud (got ${JSON.stringify(text)}).`);
}

/** Pool of the canonical name of a principal or of a set of them; undefined for others. */
export function poolOf(member: string): string | undefined {
  return /^principal(?:Set)?:\/\/(iam\.googleapis\.com\/(?:projects\/[^/]+\/)?locations\/global\/(?:workload|workforce)\w*\/[^/]+)\//i.exec(
    member,
  )?.[1];
}
