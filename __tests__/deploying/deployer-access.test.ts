import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployerAccess, type DeployerAccessOptions } from '../../lib/deploying';
import { testStack } from '../synth';

const root = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-deployer-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Given {
  readonly dependencies?: readonly string[];
  readonly configuration: object;
}

/** Writes stacks as `cdktf synth` does. */
function output(stacks: Readonly<Record<string, Given>>): string {
  const outdir = mkdtempSync(join(root, 'out-'));
  const manifest = Object.entries(stacks).map(([name, { dependencies = [], configuration }]) => {
    const synthesizedStackPath = `stacks/${name}/cdk.tf.json`;
    mkdirSync(join(outdir, 'stacks', name), { recursive: true });
    writeFileSync(join(outdir, synthesizedStackPath), JSON.stringify(configuration));
    return [name, { name, synthesizedStackPath, dependencies }];
  });
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  return outdir;
}

function access(configuration: object, options?: DeployerAccessOptions): DeployerAccess {
  return DeployerAccess.fromOutput(output({ app: { configuration } }), options);
}

const GOOGLE = { google: [{ project: 'my-project' }] };
const AWS = { aws: [{ region: 'eu-west-1', allowed_account_ids: ['123456789012'] }] };

const topic = {
  provider: GOOGLE,
  resource: { google_pubsub_topic: { orders: { name: 'orders' } } },
};
const queue = {
  provider: AWS,
  resource: { aws_sqs_queue: { orders: { name: 'orders' } } },
};
const lambda = {
  provider: AWS,
  resource: {
    aws_iam_role: { caller: { name: 'caller' } },
    aws_lambda_function: { call: { function_name: 'call', role: '${aws_iam_role.caller.arn}' } },
    aws_lambda_alias: { live: { name: 'live', function_name: '${aws_lambda_function.call.function_name}' } },
  },
};

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

describe('in AWS', () => {
  test('a queue needs its actions on its ARN', () => {
    expect(access(queue).aws).toEqual([
      {
        account: '123456789012',
        policies: [
          {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: [
                  'sqs:CreateQueue',
                  'sqs:DeleteQueue',
                  'sqs:GetQueueAttributes',
                  'sqs:GetQueueUrl',
                  'sqs:ListQueueTags',
                  'sqs:SetQueueAttributes',
                  'sqs:TagQueue',
                  'sqs:UntagQueue',
                ],
                Resource: ['arn:aws:sqs:eu-west-1:123456789012:orders'],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('a plan reads and passes no role', () => {
    const actions = access(lambda, { planOnly: true })
      .aws.flatMap(({ policies }) => policies)
      .flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    expect(actions.filter((action) => !/:(Get|List|Describe)/.test(action))).toEqual([]);
  });

  test('a role may be passed to its service only', () => {
    const statements = access(lambda).aws.flatMap(({ policies }) =>
      policies.flatMap(({ Statement }) => Statement),
    );
    expect(statements.filter(({ Action }) => Action.includes('iam:PassRole'))).toEqual([
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: ['arn:aws:iam::123456789012:role/caller'],
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
    ]);
  });

  test('a reference to a resource of the stack gives its ARNs', () => {
    const statements = access(lambda).aws.flatMap(({ policies }) =>
      policies.flatMap(({ Statement }) => Statement),
    );
    const [alias] = statements.filter(({ Action }) => Action.includes('lambda:CreateAlias'));
    expect(alias?.Resource).toEqual([
      'arn:aws:lambda:eu-west-1:123456789012:function:call',
      'arn:aws:lambda:eu-west-1:123456789012:function:call:*',
    ]);
  });

  test.each([
    [
      { region: 'cn-north-1', allowed_account_ids: ['123456789012'] },
      'arn:aws-cn:sqs:cn-north-1:123456789012:orders',
    ],
    [{ region: 'us-gov-west-1' }, 'arn:aws-us-gov:sqs:us-gov-west-1:*:orders'],
    [{ region: 'eusc-de-east-1' }, 'arn:aws-eusc:sqs:eusc-de-east-1:*:orders'],
    [{ region: '${var.region}' }, 'arn:aws:sqs:*:*:orders'],
  ])('a provider with %o gives the ARN %s', (provider, arn) => {
    const [aws] = access({ ...queue, provider: { aws: [provider] } }).aws;
    expect(aws?.policies[0]?.Statement[0]?.Resource).toEqual([arn]);
  });

  test('a name that only Terraform knows is a wildcard', () => {
    const [aws] = access({ ...queue, resource: { aws_sqs_queue: { orders: { name: '${var.name}' } } } }).aws;
    expect(aws?.policies[0]?.Statement[0]?.Resource).toEqual(['arn:aws:sqs:eu-west-1:123456789012:*']);
  });

  test('each policy fits into a managed policy of 6,144 characters', () => {
    const names = Array.from({ length: 300 }, (_, index) => `orders-${index}`);
    const queues = Object.fromEntries(names.map((name) => [name, { name }]));
    const [aws] = access({ provider: AWS, resource: { aws_sqs_queue: queues } }).aws;
    const policies = aws?.policies ?? [];
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
    const arns = policies.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource));
    expect(arns.sort()).toEqual(names.map((name) => `arn:aws:sqs:eu-west-1:123456789012:${name}`).sort());
  });
});

describe('in the cluster', () => {
  test('a Role needs "escalate", and a RoleBinding "bind"', () => {
    const { clusterRole } = access({
      resource: { kubernetes_role_v1: { jobs: {} }, kubernetes_role_binding_v1: { jobs: {} } },
    });
    expect(clusterRole).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'terraform-deployer' },
      rules: [
        { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['bind'] },
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['roles'],
          verbs: ['bind', 'create', 'delete', 'escalate', 'get', 'patch', 'update'],
        },
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['rolebindings'],
          verbs: ['create', 'delete', 'get', 'patch', 'update'],
        },
      ],
    });
  });

  test('an annotation patches an object and cannot create it', () => {
    const { clusterRole } = access({
      resource: { kubernetes_annotations: { existing: { api_version: 'v1', kind: 'ServiceAccount' } } },
    });
    expect(clusterRole?.rules).toEqual([
      { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get', 'patch'] },
    ]);
  });

  test('a plan reads', () => {
    const { clusterRole } = access({ resource: { kubernetes_role_v1: { jobs: {} } } }, { planOnly: true });
    expect(clusterRole?.rules).toEqual([
      { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['get'] },
    ]);
  });

  test('stacks without objects need no ClusterRole', () => {
    expect(access(topic).clusterRole).toBeUndefined();
  });
});

test('types without permissions are listed', () => {
  const { unknownTypes } = access({
    resource: {
      terraform_data: { note: {} },
      random_id: { suffix: {} },
      kubernetes_manifest: { route: { manifest: { apiVersion: 'v1', kind: 'HTTPRoute' } } },
    },
    data: { aws_caller_identity: { me: {} } },
  });
  expect(unknownTypes).toEqual(['data.aws_caller_identity', 'kubernetes_manifest', 'random_id']);
});

test('a stack comes after the stacks that it depends on', () => {
  const outdir = output({
    workloads: { dependencies: ['platform'], configuration: queue },
    platform: { configuration: topic },
  });
  const all = DeployerAccess.fromOutput(outdir);
  expect(all.stacks).toEqual(['platform', 'workloads']);
  expect(all.providers).toEqual(['aws', 'google']);
  const platform = DeployerAccess.fromOutput(outdir, { stacks: ['platform'] });
  expect(platform.providers).toEqual(['google']);
  expect(platform.aws).toEqual([]);
});

test('stacks that are not synthesized yet have the same needs', () => {
  const stack = testStack();
  new PubsubTopic(stack, 'orders', { name: 'orders' });
  const { google, stacks } = DeployerAccess.fromStacks([stack]);
  expect(stacks).toEqual(['prod']);
  expect(google).toEqual(access(topic).google);
});

test('rejects a stack that the app does not have', () => {
  expect(() => access(topic, { stacks: ['platfrom'] })).toThrow(
    'stacks must name stacks of the app (got "platfrom"). The app has app.',
  );
});

test('rejects a folder without a synthesized app', () => {
  const folder = join(root, 'nothing');
  expect(() => DeployerAccess.fromOutput(folder)).toThrow(
    `outdir must be the output folder of a synthesized app (got "${folder}"). Reading manifest.json failed. Run the synth first.`,
  );
});

test('writes one file for each role and policy', () => {
  const outdir = output({
    app: { configuration: topic },
    etl: { configuration: queue },
    web: { configuration: { resource: { kubernetes_service_v1: { web: {} } } } },
  });
  const folder = join(root, 'files');
  const paths = DeployerAccess.fromOutput(outdir).writeFiles(folder);
  expect(paths).toEqual(
    ['google-my-project.json', 'aws-123456789012-1.json', 'cluster-role.json'].map((name) =>
      join(folder, name),
    ),
  );
  const [role, policy, clusterRole] = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as object);
  expect(role).toHaveProperty('includedPermissions');
  expect(policy).toHaveProperty('Version', '2012-10-17');
  expect(clusterRole).toHaveProperty('kind', 'ClusterRole');
});
