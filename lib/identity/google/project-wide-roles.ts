interface Narrower {
  readonly rule: string;
  readonly fix: string;
}

const ON_THE_RESOURCE: readonly (readonly [RegExp, string, string])[] = [
  [
    /^roles\/(owner|editor|viewer|admin|writer|reader)$/,
    'not be a basic role, which has thousands of permissions on the project',
    'Grant a role of the service that is needed.',
  ],
  [
    /^roles\/iam\.(serviceAccount(User|TokenCreator|OpenIdTokenCreator)|workloadIdentityUser)$/,
    'be granted on one account, because on a project the identity can impersonate every service account',
    'Grant it on one account: grants.serviceAccountRole(account, role).',
  ],
  [
    /^roles\/secretmanager\./,
    'be granted on one secret, because on a project it includes every present and future secret',
    'Grant it on one secret: grants.secretAccessor(secret).',
  ],
  [
    /^roles\/storage\./,
    'be granted on one bucket, because on a project it includes every present and future bucket',
    'Grant it on one bucket: grants.bucketRole(bucket, role).',
  ],
  [
    /^roles\/artifactregistry\./,
    'be granted on one repository, because on a project it includes every present and future repository',
    'Grant it on one repository: grants.repositoryReader(repository).',
  ],
  [
    /^roles\/aiplatform\.(user|editor|admin)$/,
    'not be a broad role of Vertex AI, which has hundreds of permissions',
    'Grant a custom role with the permissions that are needed.',
  ],
  [
    /^roles\/container\.(developer|clusterAdmin|admin)$/,
    'not be a broad role of GKE, which reaches every cluster of the project without Kubernetes RBAC',
    'Grant a custom role with container.clusters.get and container.clusters.connect, and RBAC in the cluster.',
  ],
  [
    /\.serviceAgent$/,
    'not be a role for the service agents of Google, which has the permissions of a whole service',
    'Grant a role of the service that is needed.',
  ],
  [
    /(\.|\/)([a-zA-Z]*[aA]dmin)(\.v\d+)?$/,
    'not be an administrator role',
    'Grant a role that uses the service.',
  ],
];

/** Why a role should not be granted on a whole project and what to do instead; undefined where nothing is wrong. */
export function tooWideForProject(role: string): Narrower | undefined {
  const found = ON_THE_RESOURCE.find(([pattern]) => pattern.test(role));
  return (
    found && {
      rule: found[1],
      fix: `${found[2]} To keep it project-wide, set acknowledge.projectWide to the reason.`,
    }
  );
}
