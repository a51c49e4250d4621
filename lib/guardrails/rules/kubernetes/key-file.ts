import { rule } from '../../rule';
import { all } from '../../verdict';
import { containersOf, containerWith, deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

const KEY_VARIABLES = ['GOOGLE_APPLICATION_CREDENTIALS', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'];

/** Containers that use a key of a cloud. */
export const keyFile = rule(POD_TYPES, {
  id: 'K8S010',
  title: 'Key of a cloud in a container',
  severity: 'error',
  why: 'A key is valid outside of the cluster and until it is deleted.',
  fix: 'Use Workload Identity for Google Cloud, and a projected service account token for AWS.',
  controls: ['CIS GKE 5.2.2', 'SOC 2 CC6.1', 'ISO 27001 A.5.17'],
  check: (resource) =>
    podsOf(resource)
      .flatMap(containersOf)
      .flatMap((container) =>
        all(...container.blocks('env').map((variable) => variable.value('name').isNot(...KEY_VARIABLES))),
      ),
  passes: [
    deploymentOf(POD_SPEC),
    containerWith({ env: [{ name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::1:role/x' }] }),
  ],
  fails: KEY_VARIABLES.map((name) => containerWith({ env: [{ name, value: '/secrets/key.json' }] })),
});
