import { isObject } from '../../../core/is-object';
import { textIn } from './live-export';

type Json = Readonly<Record<string, unknown>>;

/** Roles that the API server binds to every user. https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  'system:anonymous': [],
  'system:unauthenticated': ['system:public-info-viewer'],
  'system:authenticated': ['system:basic-user', 'system:discovery', 'system:public-info-viewer'],
  'system:serviceaccounts': ['system:service-account-issuer-discovery'],
};

/**
 * Whether the API server creates this binding at its start. The label alone proves nothing: each user who may create
 * bindings may set it. The role and the subjects must therefore be those of the system.
 */
export function isBootstrapBinding(object: Json): boolean {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const labels = isObject(metadata.labels) ? metadata.labels : {};
  const role = isObject(object.roleRef) ? textIn(object.roleRef, 'name') : '';
  if (labels['kubernetes.io/bootstrapping'] !== 'rbac-defaults' || !Array.isArray(object.subjects))
    return false;
  return object.subjects.every((subject) => isObject(subject) && isSystemSubject(subject, role));
}

function isSystemSubject(subject: Json, role: string): boolean {
  const name = textIn(subject, 'name');
  if (role === 'cluster-admin') return textIn(subject, 'kind') === 'Group' && name === 'system:masters';
  if (!role.startsWith('system:') && role !== 'extension-apiserver-authentication-reader') return false;
  if (textIn(subject, 'kind') === 'ServiceAccount') return textIn(subject, 'namespace') === 'kube-system';
  const open = OPEN[name];
  return name.startsWith('system:') && (open === undefined || open.includes(role));
}
