import type { LoggedAccess } from '../logged-access';
import { fieldAt, textAt, type Entry } from './fields';
import { placesOf } from './kubernetes-audit';
import { isOfEveryUser, isOfSystem, userIds } from './kubernetes-callers';

const METHOD = /^io\.k8s\.(.+)\.v\d+(?:(?:alpha|beta)\d+)?\.([^.]+(?:\.[^.]+)?)\.([^.]+)$/;

/** A call of the API of a cluster. GKE writes it to Cloud Logging with its own names. */
export function gkeCall(
  entry: Entry,
  common: Pick<LoggedAccess, 'log' | 'time' | 'isAllowed' | 'callers' | 'source' | 'isOfSystem'>,
): LoggedAccess {
  const payload = fieldAt(entry, 'protoPayload');
  const user = textAt(payload, 'authenticationInfo', 'principalEmail');
  const decision = textAt(entry, 'labels', 'authorization.k8s.io/decision');
  const [, group = '', resource = '', verb = ''] = METHOD.exec(textAt(payload, 'methodName')) ?? [];
  const name = textAt(payload, 'resourceName');
  const namespace = /(?:^|\/)namespaces\/([^/]+)\//.exec(name)?.[1];
  const object = /\/([^/]+)$/.exec(name)?.[1];
  const type = [...(group === 'core' ? [] : [groupOf(group)]), ...resource.split('.')].join('/');
  const isNamed = object !== undefined && !['create', 'list', 'watch'].includes(verb);
  const permission = `${verb} ${type}${isNamed ? `=${object}` : ''}`;
  return {
    ...common,
    callers: [userIds(user, [])],
    permission,
    resource: name,
    targets: placesOf(namespace),
    isAllowed: common.isAllowed && decision !== 'forbid',
    isOfSystem: isOfSystem(user) || isOfEveryUser(permission),
  };
}

/** Group of a name of GKE: `authorization.rbac` is `rbac.authorization.k8s.io`, and `batch` is itself. */
function groupOf(name: string): string {
  const parts = name.split('.');
  return parts.length === 1 ? name : `${parts.reverse().join('.')}.k8s.io`;
}
