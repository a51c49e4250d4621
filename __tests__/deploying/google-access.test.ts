import { rmSync } from 'node:fs';
import { GOOGLE, access, root, topic } from './synthesized';

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('in Google Cloud', () => {
  test('a topic needs its API and the four permissions on topics', () => {
    expect(access(topic).google).toEqual([
      {
        project: 'my-project',
        apis: ['pubsub.googleapis.com'],
        serviceAgents: [],
        kmsKeys: [],
        sharedSubnetworks: [],
        actsAs: [],
        customRole: {
          title: 'Deployer of CDK for Terraform stacks',
          description: 'Permissions that Terraform needs to apply the stacks of the app',
          stage: 'GA',
          includedPermissions: [
            'pubsub.topics.create',
            'pubsub.topics.delete',
            'pubsub.topics.get',
            'pubsub.topics.update',
          ],
        },
      },
    ]);
  });

  test('a plan needs the permission to read', () => {
    const [google] = access(topic, { planOnly: true }).google;
    expect(google?.customRole.includedPermissions).toEqual(['pubsub.topics.get']);
  });

  test('each project has its own role, and the project of the provider is the last choice', () => {
    const member = { member: 'user:a@example.com', role: 'roles/storage.objectViewer' };
    const { google } = access({
      provider: { google: [{ project: 'one' }, { project: 'two', alias: 'other' }] },
      resource: {
        google_pubsub_topic: {
          of_the_provider: { name: 'orders' },
          of_the_alias: { name: 'orders', provider: 'google.other' },
          of_its_own: { name: 'orders', project: 'three' },
          of_a_reference: { name: 'orders', project: '${google_pubsub_topic.of_its_own.project}' },
        },
        google_service_account_iam_member: {
          of_its_parent: {
            ...member,
            service_account_id: 'projects/four/serviceAccounts/a@four.iam.gserviceaccount.com',
          },
        },
      },
    });
    expect(google.map(({ project, apis }) => [project, ...apis])).toEqual([
      ['four', 'iam.googleapis.com', 'iamcredentials.googleapis.com'],
      ['one', 'pubsub.googleapis.com'],
      ['three', 'pubsub.googleapis.com'],
      ['two', 'pubsub.googleapis.com'],
    ]);
  });

  test('accounts that resources use are listed, with the permission to attach them', () => {
    const account = 'nodes@my-project.iam.gserviceaccount.com';
    const [google] = access({
      provider: GOOGLE,
      resource: {
        google_container_cluster: {
          books: {
            node_config: { service_account: account },
            database_encryption: [{ key_name: 'projects/keys/locations/eu/keyRings/a/cryptoKeys/b' }],
            binary_authorization: { evaluation_mode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
          },
        },
      },
    }).google;
    expect(google?.actsAs).toEqual([account]);
    expect(google?.customRole.includedPermissions).toContain('iam.serviceAccounts.actAs');
    expect(google?.apis).toEqual([
      'binaryauthorization.googleapis.com',
      'cloudkms.googleapis.com',
      'compute.googleapis.com',
      'container.googleapis.com',
    ]);
    expect(google?.serviceAgents).toEqual([{ service: 'container.googleapis.com', project: 'my-project' }]);
  });

  const key = 'projects/keys/locations/us-central1/keyRings/data/cryptoKeys/books';

  test.each([
    ['google_container_cluster', { database_encryption: [{ key_name: key }] }, 'container'],
    ['google_container_node_pool', { node_config: { boot_disk_kms_key: key } }, 'compute'],
    ['google_pubsub_topic', { kms_key_name: key }, 'pubsub'],
    [
      'google_secret_manager_secret',
      { replication: { auto: { customer_managed_encryption: { kms_key_name: key } } } },
      'secretmanager',
    ],
    [
      'google_secret_manager_secret',
      {
        replication: {
          user_managed: { replicas: [{ customer_managed_encryption: { kms_key_name: key } }] },
        },
      },
      'secretmanager',
    ],
    ['google_storage_bucket', { encryption: { default_kms_key_name: key } }, 'storage'],
    ['google_vertex_ai_endpoint', { encryption_spec: { kms_key_name: key } }, 'aiplatform'],
    ['google_workflows_workflow', { crypto_key_name: key }, 'workflows'],
  ])('the key of %s %o is used by the agent of %s', (type, body, service) => {
    const [google] = access({ provider: GOOGLE, resource: { [type]: { books: body } } }).google;
    expect(google?.kmsKeys).toEqual([{ keyName: key, service: `${service}.googleapis.com` }]);
    expect(google?.apis).toContain('cloudkms.googleapis.com');
  });

  test('a key that only Terraform knows is not listed', () => {
    const [google] = access({
      provider: GOOGLE,
      resource: { google_pubsub_topic: { orders: { kms_key_name: '${google_kms_crypto_key.orders.id}' } } },
    }).google;
    expect(google?.kmsKeys).toEqual([]);
  });

  test.each([
    [
      'projects/host/regions/us-central1/subnetworks/gke',
      ['projects/host/regions/us-central1/subnetworks/gke'],
    ],
    [
      'https://www.googleapis.com/compute/v1/projects/host/regions/us-central1/subnetworks/gke',
      ['projects/host/regions/us-central1/subnetworks/gke'],
    ],
    ['projects/my-project/regions/us-central1/subnetworks/gke', []],
    ['gke', []],
  ])('a cluster in the subnetwork %s uses the Shared VPC subnetworks %o', (subnetwork, expected) => {
    const [google] = access({
      provider: GOOGLE,
      resource: { google_container_cluster: { books: { subnetwork } } },
    }).google;
    expect(google?.sharedSubnetworks).toEqual(expected);
  });

  test.each([
    ['service-123@gcp-sa-aiplatform.iam.gserviceaccount.com', 'aiplatform.googleapis.com'],
    ['service-123@gcp-sa-aiplatform-cc.iam.gserviceaccount.com', 'aiplatform.googleapis.com'],
    ['service-123@container-engine-robot.iam.gserviceaccount.com', 'container.googleapis.com'],
    ['service-123@gs-project-accounts.iam.gserviceaccount.com', 'storage.googleapis.com'],
  ])('the agent %s must exist before its grant', (email, service) => {
    const { google } = access({
      provider: GOOGLE,
      resource: { google_pubsub_topic_iam_member: { agent: { member: `serviceAccount:${email}` } } },
    });
    expect(google[0]?.serviceAgents).toEqual([{ service, project: '123' }]);
  });

  test.each([
    'serviceAccount:123@cloudservices.gserviceaccount.com',
    'serviceAccount:a@b.iam.gserviceaccount.com',
  ])('the member %s is not an agent that a command creates', (member) => {
    const { google } = access({
      provider: GOOGLE,
      resource: { google_pubsub_topic_iam_member: { other: { member } } },
    });
    expect(google[0]?.serviceAgents).toEqual([]);
  });
});
