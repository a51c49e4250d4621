import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { addresses, refusal, resource, synthesized, testStack } from '../synth';
import { project } from './cluster-fixtures';

describe('a cluster that exists', () => {
  const attributes = { project, name: 'fastapi-cluster', location: 'us-central1' };

  test('and is imported makes nothing, and has all of its names', () => {
    const stack = testStack();
    const books = GkeCluster.fromAttributes(stack, 'cluster', attributes);
    expect(addresses(synthesized(stack))).toEqual([]);
    expect(books).toMatchObject({
      id: 'projects/my-project/locations/us-central1/clusters/fastapi-cluster',
      issuer:
        'https://container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/fastapi-cluster',
      workloadPool: 'my-project.svc.id.goog',
      workloadPoolProject: project,
    });
  });

  test('and is adopted is taken in by an import block, with its workload pool on', () => {
    const stack = testStack();
    GkeCluster.adopt(stack, 'cluster', attributes);
    const [address] = addresses(synthesized(stack));
    expect(synthesized(stack).import).toEqual([
      { id: 'projects/my-project/locations/us-central1/clusters/fastapi-cluster', to: address },
    ]);
    expect(resource(stack, 'google_container_cluster')).toEqual({
      project: 'my-project',
      name: 'fastapi-cluster',
      location: 'us-central1',
      deletion_protection: true,
      workload_identity_config: { workload_pool: 'my-project.svc.id.goog' },
      lifecycle: { ignore_changes: expect.arrayContaining(['addons_config', 'vertical_pod_autoscaling']) },
    });
  });

  test('and is adopted keeps every argument that the provider knows, but for its name and its pool', () => {
    const ours = [
      'deletion_protection',
      'id',
      'location',
      'name',
      'project',
      'timeouts',
      'workload_identity_config',
    ];
    // The bindings have a getter such as `addonsConfigInput` for each argument.
    const names = Object.getOwnPropertyNames(ContainerCluster.prototype)
      .flatMap((getter) => /^(\w+)Input$/.exec(getter)?.[1] ?? [])
      .map((name) => name.replace('K8S', 'K8s').replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`));
    const stack = testStack();
    GkeCluster.adopt(stack, 'cluster', attributes);
    expect(resource(stack, 'google_container_cluster').lifecycle).toEqual({
      ignore_changes: names.filter((name) => !ours.includes(name)).sort(),
    });
  });

  test.each(['adopt', 'fromAttributes'] as const)('with a bad location is refused by %s', (make) => {
    const stack = testStack();
    expect(refusal(() => GkeCluster[make](stack, 'cluster', { ...attributes, location: 'US' })).message).toBe(
      'prod/cluster: location must be a region, for example "us-central1", or a zone, for example "us-central1-a" (got "US").',
    );
    expect(stack.node.tryFindChild('cluster')).toBeUndefined();
  });

  test.each(['adopt', 'fromAttributes'] as const)('gives identities under itself, by %s', (make) => {
    const stack = testStack();
    const binding = GkeCluster[make](stack, 'cluster', attributes).addWorkloadIdentity('reader', {
      namespace: 'books',
      serviceAccountName: 'reader',
      reason: 'reads the catalogue',
    });
    expect(binding.node.path).toBe('prod/cluster/reader');
    expect(binding.member).toMatch(/\/my-project\.svc\.id\.goog\/subject\/ns\/books\/sa\/reader$/);
  });
});
