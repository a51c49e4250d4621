import type { Subject } from '../../subject';
import { objectOf, typesOf } from './manifest';

const POD_KINDS = [
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'Pod',
  'ReplicationController',
  'StatefulSet',
];

/** Resource types that make pods. */
export const POD_TYPES = typesOf(...POD_KINDS);

/** Specifications of the pods that a resource makes: one, or none if the resource makes no pod. */
export function podsOf(resource: Subject): readonly Subject[] {
  const found = objectOf(resource, ...POD_KINDS);
  if (!found) return [];
  const { kind, object } = found;
  if (kind === 'Pod') return object.blocks('spec');
  if (kind === 'CronJob') return object.blocks('spec.job_template.spec.template.spec');
  return object.blocks('spec.template.spec');
}

/** Containers of a pod, those that start before the others too. */
export function containersOf(pod: Subject): readonly Subject[] {
  return [...pod.blocks('container'), ...pod.blocks('init_container'), ...pod.blocks('ephemeral_container')];
}

/** A pod that meets the rules of this area. */
export const POD_SPEC = {
  service_account_name: 'api',
  automount_service_account_token: false,
  security_context: { run_as_non_root: true },
  container: [
    {
      name: 'api',
      image:
        'us-docker.pkg.dev/p/images/api@sha256:0000000000000000000000000000000000000000000000000000000000000000',
      security_context: { allow_privilege_escalation: false, privileged: false, run_as_non_root: true },
      resources: { limits: { memory: '512Mi' }, requests: { cpu: '250m', memory: '512Mi' } },
    },
  ],
};

/** A deployment of a pod, for examples. */
export function deploymentOf(spec: object): Readonly<Record<string, unknown>> {
  return {
    resource: {
      kubernetes_deployment_v1: {
        api: { metadata: { name: 'api', namespace: 'books' }, spec: { template: { metadata: {}, spec } } },
      },
    },
  };
}

/** The same pod with other values in its container. */
export function containerWith(values: object): Readonly<Record<string, unknown>> {
  return deploymentOf({ ...POD_SPEC, container: [{ ...POD_SPEC.container[0], ...values }] });
}
