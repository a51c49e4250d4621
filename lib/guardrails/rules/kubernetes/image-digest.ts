import { rule } from '../../rule';
import { containersOf, containerWith, deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

/** Containers whose image can change without a change of the stack. */
export const imageDigest = rule(POD_TYPES, {
  id: 'K8S006',
  title: 'Image without a digest',
  severity: 'warning',
  profiles: ['staging', 'prod'],
  why: 'Another image can be pushed under the same tag: what runs is not what was reviewed.',
  fix: 'Name the image by digest: REGISTRY/IMAGE@sha256:…',
  controls: ['SOC 2 CC8.1', 'ISO 27001 A.8.32'],
  answeredBy: ['imageByTag'],
  check: (resource) =>
    podsOf(resource)
      .flatMap(containersOf)
      .map((container) =>
        container.value('image').matches(/@sha256:[0-9a-f]{64}$/, 'end with a digest (@sha256:…)'),
      ),
  passes: [deploymentOf(POD_SPEC)],
  fails: [
    containerWith({ image: 'nginx' }),
    containerWith({ image: 'us-docker.pkg.dev/p/images/api:1.2.3' }),
  ],
  unknowns: [containerWith({ image: '${var.image}' })],
});
