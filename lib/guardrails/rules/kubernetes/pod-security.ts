import { rule } from '../../rule';
import { objectOf, typesOf } from './manifest';

const LABEL = 'pod-security.kubernetes.io/enforce';
const namespace = (labels?: object) => ({
  resource: { kubernetes_namespace_v1: { x: { metadata: { name: 'books', ...(labels && { labels }) } } } },
});

/** Namespaces that accept every pod. */
export const podSecurity = rule(typesOf('Namespace'), {
  id: 'K8S019',
  title: 'Namespace without a Pod Security level',
  severity: 'error',
  why: 'The API server accepts privileged pods in the namespace.',
  fix: `Set the label ${LABEL} to "restricted" or "baseline".`,
  controls: ['CIS Kubernetes 5.2.1', 'SOC 2 CC6.8'],
  check: (resource) =>
    objectOf(resource, 'Namespace')
      ?.object.entry('metadata.labels', LABEL)
      .or('privileged')
      .is('restricted', 'baseline') ?? [],
  passes: [namespace({ [LABEL]: 'restricted' })],
  fails: [namespace(), namespace({ [LABEL]: 'privileged' })],
  unknowns: [namespace({ [LABEL]: '${var.level}' })],
});
