interface Narrower {
  readonly rule: string;
  readonly fix: string;
}

const ON_THE_RESOURCE: readonly (readonly [RegExp, string, string])[] = [
  [
    /^roles\/(owner|editor|viewer|admin|writer|reader)$/,
    'basic roles hold thousands of permissions on everything in the project',
    'Grant the role of the one service that is needed.',
  ],
  [
    /^roles\/iam\.(serviceAccount(User|TokenCreator|OpenIdTokenCreator)|workloadIdentityUser)$/,
    'on a project it lets the identity act as every service account there',
    'Grant it on one account: grants.serviceAccountRole(account, role).',
  ],
  [
    /^roles\/secretmanager\./,
    'on a project it reaches every secret, those of others and those to come',
    'Grant it on one secret: grants.secretAccessor(secret).',
  ],
  [
    /^roles\/storage\./,
    'on a project it reaches every bucket, those of others and those to come',
    'Grant it on one bucket: grants.bucketRole(bucket, role).',
  ],
  [
    /^roles\/artifactregistry\./,
    'on a project it reaches every repository, those of others and those to come',
    'Grant it on one repository: grants.repositoryReader(repository).',
  ],
  [
    /^roles\/aiplatform\.(user|editor|admin)$/,
    'it holds hundreds of permissions on everything of Vertex AI',
    'Grant a custom role with the permissions that are needed.',
  ],
  [
    /^roles\/container\.(developer|clusterAdmin|admin)$/,
    'it reaches into every cluster of the project and goes around Kubernetes RBAC',
    'Grant a custom role with container.clusters.get and container.clusters.connect, and RBAC in the cluster.',
  ],
  [
    /\.serviceAgent$/,
    "it is made for Google's own agents, and holds what a whole service needs",
    'Grant the role of the one thing that is needed.',
  ],
  [
    /(\.|\/)([a-zA-Z]*[aA]dmin)(\.v\d+)?$/,
    'an administrator changes what others rely on',
    'Grant a role that uses the service instead of administering it.',
  ],
];

/** Why a role should not be granted on a whole project and what to do instead; undefined where nothing is wrong. */
export function tooWideForProject(role: string): Narrower | undefined {
  const found = ON_THE_RESOURCE.find(([pattern]) => pattern.test(role));
  return (
    found && {
      rule: found[1],
      fix: `${found[2]} To keep it project-wide, say why in acknowledge.projectWide.`,
    }
  );
}
