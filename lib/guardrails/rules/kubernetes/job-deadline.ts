import { rule } from '../../rule';
import { objectOf, typesOf } from './manifest';
import { POD_SPEC } from './pod';

const job = (spec: object) => ({
  resource: {
    kubernetes_job_v1: {
      x: { metadata: { name: 'x', namespace: 'etl' }, spec: { ...spec, template: { spec: POD_SPEC } } },
    },
  },
});

/** Jobs that can run for ever. */
export const jobDeadline = rule(typesOf('Job', 'CronJob'), {
  id: 'K8S011',
  title: 'Job without a deadline',
  severity: 'error',
  why: 'A Job that hangs occupies its node until an operator deletes it.',
  fix: 'Set active_deadline_seconds.',
  controls: ['SOC 2 A1.1'],
  check: (resource) => {
    const found = objectOf(resource, 'Job', 'CronJob');
    if (!found) return [];
    const path = found.kind === 'Job' ? 'spec' : 'spec.job_template.spec';
    return found.object.value(`${path}.active_deadline_seconds`).isSet();
  },
  passes: [job({ active_deadline_seconds: 3600 })],
  fails: [job({})],
});
