import { patternOf } from '../../permissions/aws-pattern';

/** Ids of the nodes of a user and of its groups. */
export function userIds(name: string, groups: readonly string[]): readonly string[] {
  const [, namespace, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(name) ?? [];
  const own =
    namespace !== undefined && account !== undefined
      ? [`kubernetes.serviceAccount/${namespace}/${account}`]
      : /@([a-z0-9-]+\.)*gserviceaccount\.com$/.test(name)
        ? [`google.serviceAccount/${name}`]
        : name.startsWith('principal')
          ? [`google.member/${name}`]
          : [];
  return [
    ...own,
    `kubernetes.subject/User ${name}`,
    ...groups.map((group) => `kubernetes.subject/Group ${group}`),
  ];
}

/**
 * Whether a user is a part of the control plane: the API server, the controllers, the scheduler, the nodes. Its access
 * is in the bootstrap roles, which no stack declares. https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function isOfSystem(name: string): boolean {
  if (name === 'system:anonymous') return false;
  return /^system:(?:serviceaccount:kube-system:|(?!serviceaccount:))/.test(name);
}

/** Calls that the bootstrap bindings `system:discovery` and `system:basic-user` allow every authenticated user. */
const OF_EVERY_USER = [
  'get /api',
  'get /api/*',
  'get /apis',
  'get /apis/*',
  'get /healthz',
  'get /livez',
  'get /openapi',
  'get /openapi/*',
  'get /readyz',
  'get /version',
  'get /version/',
  'create authentication.k8s.io/selfsubjectreviews',
  'create authorization.k8s.io/selfsubjectaccessreviews',
  'create authorization.k8s.io/selfsubjectrulesreviews',
].map((pattern) => patternOf(pattern));

/** Whether every authenticated user of a cluster may make the call. */
export function isOfEveryUser(permission: string): boolean {
  return OF_EVERY_USER.some((pattern) => pattern.test(permission));
}
