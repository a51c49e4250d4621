import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { WorkflowsWorkflow } from '@cdktf/provider-google/lib/workflows-workflow';
import { App, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleProjectPrerequisites, type GoogleProjectPrerequisitesProps } from '../../../lib/identity';
import { addresses, sibling, synthesized, testStack, type Configuration } from '../../synth';
import { beta } from '../../vertex/fixtures';

const project = { id: 'my-project', number: '123456789012' };
const KEY = 'projects/keys/locations/us-central1/keyRings/data/cryptoKeys/books';
/** Resources of one type by name. */
const resourcesOf = (json: Configuration, type: string) => json.resource?.[type] ?? {};
const agent = (domain: string) => `serviceAccount:service-123456789012@${domain}.iam.gserviceaccount.com`;

function prepare(props: Partial<GoogleProjectPrerequisitesProps>, stack = testStack()) {
  const prerequisites = new GoogleProjectPrerequisites(stack, 'prerequisites', { project, ...props });
  // The names of cdktf end in a hash of the path.
  const json = () =>
    JSON.parse(JSON.stringify(synthesized(stack)).replaceAll(/_[0-9A-F]{8}(?=")/g, '')) as Configuration;
  return { prerequisites, stack, json };
}

test('an API is enabled, and its destruction does not disable it', () => {
  const { prerequisites, json } = prepare({ apis: ['run.googleapis.com'], project: { id: 'my-project' } });
  expect(prerequisites.apis).toEqual(['run.googleapis.com']);
  expect(resourcesOf(json(), 'google_project_service')).toMatchObject({
    prerequisites_run: { project: 'my-project', service: 'run.googleapis.com', disable_on_destroy: false },
  });
  expect(addresses(json())).toEqual(['google_project_service.prerequisites_run']);
});

test('the beta provider creates an agent after its API, and the agent gets its role on the project', () => {
  const stack = testStack();
  const { json, prerequisites } = prepare(
    { serviceAgents: ['eventarc.googleapis.com'], googleBetaProvider: beta(stack) },
    stack,
  );
  expect(prerequisites.agentsToCreate).toEqual([]);
  const api = 'google_project_service.prerequisites_eventarc';
  const identity = 'google_project_service_identity.prerequisites_agent-of-eventarc';
  expect(json().resource).toMatchObject({
    google_project_service_identity: {
      'prerequisites_agent-of-eventarc': {
        project: 'my-project',
        provider: 'google-beta',
        service: 'eventarc.googleapis.com',
        depends_on: [api],
      },
    },
    google_project_iam_member: {
      'prerequisites_role-of-eventarc': {
        project: 'my-project',
        role: 'roles/eventarc.serviceAgent',
        member: agent('gcp-sa-eventarc'),
        depends_on: [api, identity],
        lifecycle: { create_before_destroy: true },
        '//': { reason: 'eventarc.googleapis.com works in the project' },
      },
    },
  });
});

test('without the beta provider, a warning has the commands that create the agents', () => {
  const { prerequisites, json } = prepare({
    serviceAgents: ['eventarc.googleapis.com', 'compute.googleapis.com', 'storage.googleapis.com'],
  });
  expect(prerequisites.agentsToCreate).toEqual(['eventarc.googleapis.com']);
  expect(prerequisites.node.metadata.map(({ type, data }) => [type, data as string])).toEqual([
    [
      '@cdktf/warn',
      'Create these service agents before the first apply, or set googleBetaProvider:\ngcloud beta services identity create --service=eventarc.googleapis.com --project=my-project',
    ],
  ]);
  expect(resourcesOf(json(), 'google_project_service_identity')).toEqual({});
});

test('the agent of Cloud Storage is read, which creates it', () => {
  const { json } = prepare({ serviceAgents: ['storage.googleapis.com'] });
  expect(json().data).toMatchObject({
    google_storage_project_service_account: {
      'prerequisites_agent-of-storage': {
        project: 'my-project',
        depends_on: ['google_project_service.prerequisites_storage'],
      },
    },
  });
  expect(resourcesOf(json(), 'google_project_iam_member')).toEqual({});
});

test('the agent of Compute Engine exists with its API: no request creates it', () => {
  const stack = testStack();
  const googleBetaProvider = beta(stack);
  const { json } = prepare({ serviceAgents: ['compute.googleapis.com'], googleBetaProvider }, stack);
  expect(resourcesOf(json(), 'google_project_service_identity')).toEqual({});
  expect(resourcesOf(json(), 'google_project_iam_member')).toMatchObject({
    'prerequisites_role-of-compute': { member: agent('compute-system') },
  });
});

test.each([
  ['container.googleapis.com', 'container-engine-robot'],
  ['compute.googleapis.com', 'compute-system'],
  ['storage.googleapis.com', 'gs-project-accounts'],
  ['pubsub.googleapis.com', 'gcp-sa-pubsub'],
  ['secretmanager.googleapis.com', 'gcp-sa-secretmanager'],
])('the agent of %s may encrypt with the key', (service, domain) => {
  const { json } = prepare({ kmsKeys: [{ keyName: KEY, service }] });
  expect(Object.values(resourcesOf(json(), 'google_kms_crypto_key_iam_member'))).toEqual([
    expect.objectContaining({
      crypto_key_id: KEY,
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: agent(domain),
      lifecycle: { create_before_destroy: true },
    }),
  ]);
});

test('clusters may use the subnetworks of the host project', () => {
  const { json } = prepare({
    sharedVpc: {
      hostProject: 'host-project',
      subnetworks: [
        { region: 'us-central1', name: 'gke' },
        { region: 'europe-west1', name: 'gke' },
      ],
    },
  });
  const members = Object.values(resourcesOf(json(), 'google_compute_subnetwork_iam_member'));
  expect(
    members.map(({ project, region, subnetwork, role, member }) =>
      [project, region, subnetwork, role, member].join(' '),
    ),
  ).toEqual(
    expect.arrayContaining(
      ['us-central1', 'europe-west1'].flatMap((region) =>
        [
          agent('container-engine-robot'),
          'serviceAccount:123456789012@cloudservices.gserviceaccount.com',
        ].map((member) => `host-project ${region} gke roles/compute.networkUser ${member}`),
      ),
    ),
  );
  expect(members).toHaveLength(4);
  expect(Object.values(resourcesOf(json(), 'google_project_iam_member'))).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        project: 'host-project',
        role: 'roles/container.hostServiceAgentUser',
        member: agent('container-engine-robot'),
      }),
    ]),
  );
});

describe('of stacks', () => {
  /** A stack of the app with a cluster in a Shared VPC, a topic with a key, and a workflow. */
  function application(stack: TerraformStack, name = 'application'): TerraformStack {
    const other = sibling(stack, name);
    new ContainerCluster(other, 'cluster', {
      name: 'books',
      subnetwork: 'projects/host-project/regions/us-central1/subnetworks/gke',
    });
    new PubsubTopic(other, 'orders', { name: 'orders', kmsKeyName: KEY });
    new PubsubTopic(other, 'elsewhere', { name: 'orders', project: 'other-project', kmsKeyName: 'x' });
    new WorkflowsWorkflow(other, 'ship', { name: 'ship', sourceContents: 'main: {}' });
    return other;
  }

  test('are the APIs, agents, keys and subnetworks of their resources in the project', () => {
    const stack = testStack();
    const { prerequisites, json } = prepare({ stacks: [application(stack)] }, stack);
    expect(prerequisites.apis).toEqual([
      'cloudkms.googleapis.com',
      'compute.googleapis.com',
      'container.googleapis.com',
      'pubsub.googleapis.com',
      'workflowexecutions.googleapis.com',
      'workflows.googleapis.com',
    ]);
    expect(prerequisites.serviceAgents).toEqual([
      'container.googleapis.com',
      'pubsub.googleapis.com',
      'workflows.googleapis.com',
    ]);
    expect(Object.values(resourcesOf(json(), 'google_kms_crypto_key_iam_member'))).toMatchObject([
      { crypto_key_id: KEY, member: agent('gcp-sa-pubsub') },
    ]);
    expect(Object.values(resourcesOf(json(), 'google_compute_subnetwork_iam_member'))).toHaveLength(2);
  });

  test('wait for the stack of the prerequisites', () => {
    const stack = testStack();
    const other = application(stack);
    prepare({ stacks: [other] }, stack);
    expect(other.dependencies).toEqual([stack]);
  });

  test('include what the props add', () => {
    const stack = testStack();
    const { prerequisites } = prepare({ stacks: [application(stack)], apis: ['run.googleapis.com'] }, stack);
    expect(prerequisites.apis).toContain('run.googleapis.com');
    expect(prerequisites.apis).toContain('pubsub.googleapis.com');
  });

  test('do not depend on the order of the stacks', () => {
    const texts = [false, true].map((reversed) => {
      const stack = testStack();
      const stacks = ['one', 'two'].map((name) => application(stack, name));
      return JSON.stringify(prepare({ stacks: reversed ? stacks.reverse() : stacks }, stack).json());
    });
    expect(texts[0]).toBe(texts[1]);
  });

  test('that get a resource later are rejected at synth', () => {
    const stack = testStack();
    const other = sibling(stack, 'application');
    const { json } = prepare({ stacks: [other] }, stack);
    new PubsubTopic(other, 'orders', { name: 'orders' });
    expect(json).toThrow(
      'prod/prerequisites: stacks must have all their resources when the prerequisites are created (got ["pubsub.googleapis.com"]). Create this construct after them.',
    );
  });

  test('are written with the dependency that orders the apply', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-prerequisites-'));
    try {
      const app = new App({ outdir });
      const [foundation, shop] = ['foundation', 'shop'].map((name) => {
        const stack = new TerraformStack(app, name);
        new GoogleProvider(stack, 'google', { project: 'my-project' });
        return stack;
      }) as [TerraformStack, TerraformStack];
      new PubsubTopic(shop, 'orders', { name: 'orders' });
      new GoogleProjectPrerequisites(foundation, 'prerequisites', { project, stacks: [shop] });
      app.synth();
      const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
        stacks: Record<string, { dependencies: string[] }>;
      };
      expect(manifest.stacks.shop?.dependencies).toEqual(['foundation']);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });
});

describe('rejects', () => {
  test('the stack of the construct and a stack that it waits for', () => {
    const stack = testStack();
    const base = sibling(stack, 'base');
    stack.addDependency(base);
    expect(() => prepare({ stacks: [stack, base] }, stack)).toThrow(
      `prod/prerequisites: 2 problems
  - stacks[0] must be a stack that waits for the stack of this construct (got "prod"). Create the construct in a separate stack.
  - stacks[1] must be a stack that waits for the stack of this construct (got "base"). Create the construct in a separate stack.`,
    );
  });

  test('a role for an agent in a project without number', () => {
    expect(() =>
      prepare({ project: { id: 'my-project' }, serviceAgents: ['pubsub.googleapis.com'] }),
    ).toThrow(
      'prod/prerequisites: project.number is required, because addresses of service agents contain it. Set project to { id, number }.',
    );
  });

  test.each([
    [
      { apis: ['run'] },
      'apis[0] must be an API of the form NAME.googleapis.com (got "run"). Use "run.googleapis.com".',
    ],
    [
      { kmsKeys: [{ keyName: 'books', service: 'pubsub.googleapis.com' }] },
      'kmsKeys[0].keyName must be a key of the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY (got "books").',
    ],
    [
      { sharedVpc: { hostProject: 'host-project', subnetworks: [] } },
      'sharedVpc.subnetworks must be a list of at least 1 item (got []).',
    ],
  ])('%o', (props, message) => {
    expect(() => prepare(props)).toThrow(`prod/prerequisites: ${message}`);
  });

  test('a project id that only Terraform knows', () => {
    const stack = testStack();
    const id = Token.asString(new TerraformVariable(stack, 'project', {}).value);
    expect(() => prepare({ project: { id } }, stack)).toThrow(
      'prod/prerequisites: project.id must be known at synth (got "a token"). Pass a plain value instead of a token.',
    );
  });
});
