import type { KubernetesManifest } from './manifests';

/** What is special about a pod of the tests. */
export interface PodOptions {
  readonly labels?: Readonly<Record<string, string>>;
  /** Fields of the pod's `spec`. */
  readonly spec?: object;
  /** Fields of its one container. */
  readonly container?: object;
}

const container = {
  name: 'main',
  image: 'registry.example/books:1',
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

/** A pod that the Pod Security Standard "restricted" admits, but for what is special about it. */
export function pod(namespace: string, name: string, options: PodOptions = {}): KubernetesManifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, ...(options.labels && { labels: options.labels }) },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ ...container, ...options.container }],
      ...options.spec,
    },
  };
}

/** A second container, that runs before the first. */
export function initContainer(more: object): object {
  return { ...container, name: 'init', ...more };
}
