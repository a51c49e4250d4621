import type { Orchestration } from './orchestration';

interface TokenSecret {
  readonly name?: string;
  readonly type?: string;
  /** Name of the Job that the Secret belongs to. */
  readonly owner?: string;
  readonly labels?: object;
}

/** Writes a Secret as the function of the target "reporting", and returns the errors of the API server. */
export function writeSecret(
  life: Orchestration,
  { name = 'report-1', type = 'cdktf-multicloud.dev/task-token', owner = name, labels }: TokenSecret,
  verb: 'create' | 'replace' = 'create',
): string {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: {
      name,
      namespace: 'reporting',
      labels: labels ?? { 'cdktf-multicloud.dev/target': 'reporting' },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: owner, uid: '1' }],
    },
  };
  return life.cluster[verb](manifest, '--as', life.userOf('reporting')).stderr;
}
