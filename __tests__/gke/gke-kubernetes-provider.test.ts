import { GkeCluster } from '../../lib/gke/gke-cluster';
import { GkeKubernetesProvider } from '../../lib/gke/gke-kubernetes-provider';
import { refusal, sibling, synthesized, testStack, written } from '../synth';
import { cluster, project } from './cluster-fixtures';

describe('the Kubernetes provider of a cluster', () => {
  const attributes = { project, name: 'books', location: 'us-central1' };
  function provider(props: object = {}) {
    const stack = testStack();
    const gke = GkeCluster.fromAttributes(stack, 'cluster', attributes);
    new GkeKubernetesProvider(stack, 'gke', { cluster: gke, ...props });
    const { provider, data } = synthesized(stack);
    return { made: provider!.kubernetes!.at(-1)!, data: data! };
  }

  test('calls the DNS endpoint, whose certificate is public, without a CA', () => {
    const { made: dns } = provider();
    expect(dns.host).toMatch(
      /^https:\/\/\$\{data\.google_container_cluster\.gke-clusters_\w+\.control_plane_endpoints_config\[0\]\.dns_endpoint_config\[0\]\.endpoint\}$/,
    );
    expect(dns).not.toHaveProperty('cluster_ca_certificate');
    expect(dns.token).toMatch(/^\$\{data\.google_client_config\.gke_client_\w+\.access_token\}$/);
  });

  test('calls the IP endpoint with the CA of the cluster', () => {
    const { made: ip } = provider({ endpoint: 'ip' });
    expect(ip.host).toMatch(/^https:\/\/\$\{data\.google_container_cluster\.gke-clusters_\w+\.endpoint\}$/);
    expect(ip.cluster_ca_certificate).toMatch(
      /^\$\{base64decode\(data\..*\.master_auth\[0\]\.cluster_ca_certificate\)\}$/,
    );
  });

  test('looks the cluster up by what is known of it', () => {
    expect(Object.values(provider().data.google_container_cluster!)).toMatchObject([
      { project: 'my-project', name: 'books', location: 'us-central1' },
    ]);
  });

  test('has an alias where there are two clusters', () => {
    expect(provider({ alias: 'europe' }).made.alias).toBe('europe');
    expect(provider().made).not.toHaveProperty('alias');
  });

  test('leaves annotations alone that GKE writes', () => {
    expect(provider().made.ignore_annotations).toContain('^autopilot\\.gke\\.io/');
  });

  test('of a cluster that the same stack creates is refused', () => {
    const stack = testStack();
    const books = cluster(stack);
    expect(refusal(() => new GkeKubernetesProvider(stack, 'gke', { cluster: books })).message).toBe(
      'prod/gke: cluster must be a cluster of another stack, because the provider needs its endpoint before the apply (got "prod/cluster"). Create the provider and the Kubernetes objects in a second stack.',
    );
  });

  test('of a cluster in another stack reads no state of it', () => {
    const platform = testStack('platform');
    const books = cluster(platform);
    const stack = sibling(platform, 'workloads');
    new GkeKubernetesProvider(stack, 'gke', { cluster: books, alias: 'books' });
    expect(written(stack).text).not.toContain('terraform_remote_state');
  });

  test('of a cluster in another stack orders the stacks, also when nothing else does', () => {
    const platform = testStack('platform');
    const books = cluster(platform);
    const stack = sibling(platform, 'workloads');
    new GkeKubernetesProvider(stack, 'gke', { cluster: books, alias: 'books' });
    expect(written(stack).manifest.stacks.workloads?.dependencies).toEqual(['platform']);
  });

  test('with an endpoint that does not exist is refused', () => {
    expect(refusal(() => provider({ endpoint: 'DNS' })).message).toBe(
      'prod/gke: endpoint must be one of "dns", "ip" (got "DNS"). Use "dns".',
    );
  });

  test('an object that only looks like a cluster is refused, not stumbled over', () => {
    expect(refusal(() => provider({ cluster: {} })).path).toBe('prod/gke');
  });
});
