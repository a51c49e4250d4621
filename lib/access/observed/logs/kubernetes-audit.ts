import { resourceText } from '../../permissions/kubernetes-permission';
import { isObject } from '../../../core/is-object';
import { LogError, type LoggedAccess } from '../logged-access';
import { fieldAt, textAt, textsAt, type Entry } from './fields';
import { isOfEveryUser, isOfSystem, userIds } from './kubernetes-callers';

const READS = new Set(['get', 'list', 'watch']);

/**
 * Calls in the audit log of an API server, `audit.k8s.io/v1`, one event a line. A call has events of several stages and
 * counts once. https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 * @param file name of the file, for messages
 * @param values events of the file
 * @throws LogError if a value is not an event
 */
export function kubernetesAuditCalls(file: string, values: readonly unknown[]): readonly LoggedAccess[] {
  const seen = new Set<string>();
  return values
    .flatMap((value) => eventsOf(value, file))
    .flatMap((event) => {
      const stage = textAt(event, 'stage');
      const id = textAt(event, 'auditID');
      // A request that was received is not decided yet.
      if (stage === 'RequestReceived' || seen.has(id)) return [];
      seen.add(id);
      return accessesOf(event);
    });
}

function eventsOf(value: unknown, file: string): readonly Entry[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => eventsOf(each, file));
  if (isObject(value) && value.kind === 'EventList' && Array.isArray(value.items))
    return eventsOf(value.items, file);
  if (isObject(value) && textAt(value, 'apiVersion').startsWith('audit.k8s.io/') && 'verb' in value)
    return [value];
  throw new LogError(
    `${file} must have events of audit.k8s.io/v1 (got ${JSON.stringify(value).slice(0, 60)}). Use the file of --audit-log-path.`,
  );
}

/** The call, and the impersonation that it needed. */
function accessesOf(event: Entry): readonly LoggedAccess[] {
  const user = fieldAt(event, 'user');
  const impersonated = fieldAt(event, 'impersonatedUser');
  const acting = isObject(impersonated) ? impersonated : user;
  const verb = textAt(event, 'verb');
  const decision = textAt(event, 'annotations', 'authorization.k8s.io/decision');
  const code = fieldAt(event, 'responseStatus', 'code');
  const common = {
    log: 'kubernetes' as const,
    time: textAt(event, 'stageTimestamp') || textAt(event, 'requestReceivedTimestamp'),
    isAllowed: decision === '' ? code !== 401 && code !== 403 : decision === 'allow',
  };
  const call: LoggedAccess = {
    ...common,
    ...targetOf(event, verb),
    callers: [userIds(textAt(acting, 'username'), textsAt(acting, 'groups'))],
    source: READS.has(verb) ? 'read' : 'write',
    isOfSystem: false,
  };
  const own = {
    ...call,
    isOfSystem: isOfSystem(textAt(acting, 'username')) || isOfEveryUser(call.permission),
  };
  return acting === user ? [own] : [own, impersonation(event, common)];
}

/** RBAC authorizes an impersonation as the verb `impersonate` on the user or the service account. */
function impersonation(event: Entry, common: Pick<LoggedAccess, 'log' | 'time' | 'isAllowed'>): LoggedAccess {
  const name = textAt(event, 'impersonatedUser', 'username');
  const [, namespace, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(name) ?? [];
  const user = textAt(event, 'user', 'username');
  return {
    ...common,
    callers: [userIds(user, textsAt(event, 'user', 'groups'))],
    permission:
      account === undefined ? `impersonate users=${name}` : `impersonate serviceaccounts=${account}`,
    resource: name,
    targets: placesOf(namespace),
    source: 'write',
    isOfSystem: isOfSystem(user),
  };
}

function targetOf(event: Entry, verb: string): Pick<LoggedAccess, 'permission' | 'resource' | 'targets'> {
  const reference = fieldAt(event, 'objectRef');
  if (!isObject(reference)) {
    const url = textAt(event, 'requestURI').split('?')[0] ?? '';
    return { permission: `${verb} ${url}`, resource: url, targets: placesOf(undefined) };
  }
  const [group, resource] = [textAt(reference, 'apiGroup'), textAt(reference, 'resource')];
  const subresource = textAt(reference, 'subresource');
  const [name, namespace] = [textAt(reference, 'name'), textAt(reference, 'namespace')];
  const type = resourceText(group, subresource === '' ? resource : `${resource}/${subresource}`);
  // A collection has no name, and the authorizer ignores the name of a new object.
  const isNamed = name !== '' && verb !== 'create';
  return {
    permission: `${verb} ${type}${isNamed ? `=${name}` : ''}`,
    resource: [namespace, name].filter((part) => part !== '').join('/'),
    targets: placesOf(namespace === '' ? undefined : namespace),
  };
}

/** Nodes that contain an object: its namespace, and the cluster. */
export function placesOf(namespace: string | undefined): readonly string[] {
  const cluster = 'kubernetes.resource/cluster';
  return namespace === undefined ? [cluster] : [`kubernetes.namespace/${namespace}`, cluster];
}
