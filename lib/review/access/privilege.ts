import type { AccessEdge } from '../../access/graph/edge';

/** Patterns of permissions and roles, the strongest class first. A class answers the question what its holder can take. */
const CLASSES: readonly (readonly RegExp[])[] = [
  // Everything in an account, a project or a cluster.
  [/^\*(:\*)?$/, /^\* \*/, /^roles\/(owner|editor)$/, /^(Cluster)?Role\/cluster-admin$/],
  // More access: grants, identities and their keys.
  [
    /^iam:(\*|Put|Attach|Create|Update|Add|PassRole)/i,
    /^sts:(\*|AssumeRole)/i,
    /\.setIamPolicy$/,
    /^iam\.(serviceAccounts|serviceAccountKeys|roles)\./,
    /^roles\/(iam\.|resourcemanager\.\w*(admin|Admin)|container\.(admin|clusterAdmin))/,
    /^(escalate|bind|impersonate)\b/,
  ],
  // Secrets.
  [
    /^(secretsmanager:(\*|GetSecretValue)|ssm:(\*|GetParameter)|kms:(\*|Decrypt))/i,
    /^roles\/(secretmanager|cloudkms)\./,
    /^(secretmanager\.versions\.access|cloudkms\.cryptoKeyVersions\.useToDecrypt)$/,
    /^(\*|get|list|watch) secrets$/,
  ],
  // All of one service, or of one kind.
  [/[:.]\*$/, /^\* /, /^roles\/\w+\.(admin|\w+Admin)$/],
];

/** Place of a grant in the order of strength: 0 is the strongest. */
export function strengthOf({ role, permissions }: Pick<AccessEdge, 'role' | 'permissions'>): number {
  const names = [...permissions, ...(role === undefined ? [] : [role])];
  const found = CLASSES.findIndex((patterns) =>
    patterns.some((pattern) => names.some((name) => pattern.test(name))),
  );
  return found < 0 ? CLASSES.length : found;
}
