/** A permission of Kubernetes, as a rule grants it or as a question asks for it. */
export interface KubernetesPermission {
  readonly verb: string;
  /** Non-resource URL, for example `/healthz`. */
  readonly url: string | undefined;
  /** API group; empty for the core group, `undefined` for a resource of another group that is not named. */
  readonly group: string | undefined;
  /** Resource with its subresource, for example `pods/log`. */
  readonly resource: string;
  /** Names of objects; `undefined` for all. */
  readonly names: readonly string[] | undefined;
}

/** Resources of the core group. https://kubernetes.io/docs/reference/kubernetes-api */
const CORE = new Set([
  'bindings',
  'componentstatuses',
  'configmaps',
  'endpoints',
  'events',
  'limitranges',
  'namespaces',
  'nodes',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'podtemplates',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'serviceaccounts',
  'services',
]);

/**
 * Text of the resource of a rule: `GROUP/RESOURCE`. The core group is `core` where the text without a group has another
 * meaning: `*` is each resource of each group, and `jobs` is the resource of each group that has it.
 */
export function resourceText(group: string, resource: string): string {
  if (group !== '') return `${group}/${resource}`;
  return CORE.has(resource.replace(/\/.*$/, '')) ? resource : `core/${resource}`;
}

/** Text of a non-resource URL of a rule. Each URL begins with a slash. */
export const urlText = (url: string): string => (url === '*' ? '/*' : url);

/** Parts of `VERB GROUP/RESOURCE=NAMES` or `VERB /URL`. */
export function kubernetesPermission(text: string): KubernetesPermission {
  const [verb = '', rest = ''] = text.split(' ');
  if (rest.startsWith('/')) return { verb, url: rest, group: '', resource: '', names: undefined };
  const [path = '', list] = rest.split('=');
  const names = list?.split(',');
  if (path === '*') return { verb, url: '*', group: '*', resource: '*', names };
  const [first = '', ...others] = path.split('/');
  if (others.length === 0)
    return { verb, url: undefined, group: CORE.has(path) ? '' : undefined, resource: path, names };
  const isCore = others.length === 1 && CORE.has(first);
  const group = isCore || first === 'core' ? '' : first;
  return { verb, url: undefined, group, resource: isCore ? path : others.join('/'), names };
}

/**
 * Whether a permission of a rule includes a permission of a request, as the RBAC authorizer decides.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function permitsKubernetes(allowed: string, wanted: string): boolean {
  const [rule, request] = [kubernetesPermission(allowed), kubernetesPermission(wanted)];
  if (rule.verb !== '*' && rule.verb !== request.verb) return false;
  if (rule.names && !request.names?.every((name) => rule.names?.includes(name))) return false;
  if (request.url !== undefined && request.url !== '*') return isUrl(rule.url, request.url);
  // A question about a resource without its group means each group.
  const isGroup = rule.group === '*' || request.group === undefined || rule.group === request.group;
  return isGroup && isResource(rule.resource, request.resource);
}

function isUrl(rule: string | undefined, url: string): boolean {
  return rule === url || (rule?.endsWith('*') === true && url.startsWith(rule.replace(/\*+$/, '')));
}

function isResource(rule: string, resource: string): boolean {
  const [, subresource] = resource.split('/');
  return rule === '*' || rule === resource || (subresource !== undefined && rule === `*/${subresource}`);
}
