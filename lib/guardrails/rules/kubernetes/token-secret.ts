import { rule } from '../../rule';
import { objectOf, typesOf } from './manifest';

const secret = (type: string) => ({
  resource: { kubernetes_secret_v1: { x: { metadata: { name: 'x', namespace: 'ci' }, type } } },
});

/** Tokens of service accounts that never expire. */
export const tokenSecret = rule(typesOf('Secret'), {
  id: 'K8S020',
  title: 'Token of a service account that never expires',
  severity: 'error',
  why: 'The token is valid until the secret is deleted, and each user who reads secrets has it.',
  fix: 'Request a token that expires (TokenRequest), or project one into the pod.',
  controls: ['CIS Kubernetes 5.1.5', 'SOC 2 CC6.1', 'ISO 27001 A.5.17'],
  check: (resource) =>
    objectOf(resource, 'Secret')
      ?.object.value('type')
      .or('Opaque')
      .isNot('kubernetes.io/service-account-token') ?? [],
  passes: [secret('Opaque')],
  fails: [secret('kubernetes.io/service-account-token')],
});
