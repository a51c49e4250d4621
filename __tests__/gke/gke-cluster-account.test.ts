import { TerraformVariable } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { addresses, refusal, resource, resources, synthesized, testStack } from '../synth';
import { cluster, network, project } from './cluster-fixtures';

describe('the account of the nodes', () => {
  test('has one role on the project and reads the repositories that are named', () => {
    const stack = testStack();
    cluster(stack, { imageRepositories: [{ location: 'us', repositoryId: 'images' }] });
    expect(resource(stack, 'google_project_iam_member')).toMatchObject({
      role: 'roles/container.defaultNodeServiceAccount',
      member: 'serviceAccount:books-us-central1-nodes@my-project.iam.gserviceaccount.com',
    });
    expect(resource(stack, 'google_artifact_registry_repository_iam_member').role).toBe(
      'roles/artifactregistry.reader',
    );
  });

  test('of another making gets no role and no repository', () => {
    const stack = testStack();
    const nodeServiceAccount = GoogleServiceAccount.fromEmail(
      stack,
      'nodes',
      'nodes@my-project.iam.gserviceaccount.com',
    );
    cluster(stack, { nodeServiceAccount });
    expect(addresses(synthesized(stack)).map((address) => address.split('.')[0])).toEqual([
      'google_container_cluster',
    ]);
  });

  test('of a cluster with a long name has an id of 30 characters', () => {
    const stack = testStack();
    cluster(stack, { name: 'c'.repeat(40) });
    expect(resource(stack, 'google_service_account').account_id).toMatch(/^c{15}-[0-9a-f]{8}-nodes$/);
  });

  test('is another one for a cluster of the same name in another region', () => {
    const stack = testStack();
    cluster(stack);
    new GkeCluster(stack, 'second', { project, name: 'books', location: 'europe-west1', network });
    expect(resources(stack, 'google_service_account').map(({ account_id }) => account_id)).toEqual([
      'books-us-central1-nodes',
      'books-europe-west1-nodes',
    ]);
  });

  test('reads repositories of one id in two regions', () => {
    const imageRepositories = ['us', 'europe'].map((location) => ({ location, repositoryId: 'images' }));
    expect(() => cluster(testStack(), { imageRepositories })).not.toThrow();
  });

  test('a repository named twice is refused, and nothing of the cluster is left behind', () => {
    const stack = testStack();
    const images = { location: 'us', repositoryId: 'images' };
    const error = refusal(() => cluster(stack, { imageRepositories: [images, images] }));
    expect(error.path).toBe('prod/cluster');
    expect(stack.node.tryFindChild('cluster')).toBeUndefined();
  });

  test.each([['cluster'], ['nodes'], ['node-role']])('a pool may be called "%s"', (name) => {
    expect(() => cluster(testStack(), { mode: 'standard', nodePools: [{ name }] })).not.toThrow();
  });

  test('a pool whose name Terraform will know has an address without the token', () => {
    const stack = testStack();
    const name = new TerraformVariable(stack, 'pool', { type: 'string' }).stringValue;
    cluster(stack, { mode: 'standard', nodePools: [{ name }] });
    expect(addresses(synthesized(stack)).filter((address) => address.includes('TfToken'))).toEqual([]);
  });
});
