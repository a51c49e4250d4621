import type { TerraformStack } from 'cdktf';
import { GkeCluster } from '../lib/gke/gke-cluster';
import { GkeNetwork } from '../lib/gke/gke-network';
import { AwsToGoogleFederation } from '../lib/identity/federation/aws-to-google-federation';
import { CustomRole } from '../lib/identity/google/custom-role';
import { GkeToAwsRole } from '../lib/identity/federation/gke-to-aws-role';
import { GoogleServiceAccount } from '../lib/identity/google/google-service-account';
import { StepFunctionsOrchestrator } from '../lib/orchestration/state-machine/step-functions-orchestrator';
import { PassStep } from '../lib/orchestration/state-machine/steps/pass-step';
import { VertexEndpoint } from '../lib/vertex/vertex-endpoint';
import { VertexTrainingIdentity } from '../lib/vertex/vertex-training-identity';
import { refusal, sibling, testStack, withAws } from './synth';

/*
 * Names that a cloud accepts once: the second construct is rejected wherever it is in the app. Two environments in one
 * project or account are the usual cause.
 */

const project = { id: 'my-project', number: '123456789012' };
const other = { id: 'other-project', number: '210987654321' };
const account = { id: '210987654321', region: 'eu-west-1' };
const reason = 'serves books';
const networkIn = (stack: TerraformStack, id: string) =>
  GkeNetwork.fromAttributes(stack, `${id}-network`, { network: 'default', subnetwork: 'default' });
const location = 'us-central1';

type Make = (stack: TerraformStack, id: string, props: object) => unknown;

const kinds: [string, Make, object, string, object][] = [
  [
    'GoogleServiceAccount',
    (stack, id, props) =>
      new GoogleServiceAccount(stack, id, { project, accountId: 'reader', reason, ...props }),
    {},
    'accountId must be unique among the service accounts of the project my-project, in all stacks of the app (got "reader").',
    { project: other },
  ],
  [
    'CustomRole',
    (stack, id, props) =>
      new CustomRole(stack, id, { project, roleId: 'reader', permissions: ['a.b.c'], reason, ...props }),
    {},
    'roleId must be unique among the custom roles of the project my-project, in all stacks of the app (got "reader").',
    { project: other },
  ],
  [
    'GkeCluster',
    (stack, id, props) =>
      new GkeCluster(stack, id, {
        project,
        name: 'books',
        location,
        network: networkIn(stack, id),
        ...props,
      }),
    {},
    'name must be unique among the clusters of the project my-project in us-central1, in all stacks of the app (got "books").',
    { location: 'europe-west1' },
  ],
  [
    'GkeNetwork',
    (stack, id, props) => new GkeNetwork(stack, id, { project, name: 'books', region: location, ...props }),
    {},
    'name must be unique among the networks of the project my-project, in all stacks of the app (got "books").',
    { project: other },
  ],
  [
    'AwsToGoogleFederation',
    (stack, id, props) =>
      new AwsToGoogleFederation(stack, id, { project, account, poolId: 'aws-roles', reason, ...props }),
    {},
    'poolId must be unique among the workload identity pools of the project my-project, in all stacks of the app (got "aws-roles").',
    { poolId: 'other-roles' },
  ],
  [
    'VertexEndpoint',
    (stack, id, props) =>
      new VertexEndpoint(stack, id, {
        project,
        location,
        displayName: 'shelf',
        endpointId: '42',
        reason,
        ...props,
      }),
    {},
    'endpointId must be unique among the endpoints of the project my-project in us-central1, in all stacks of the app (got "42").',
    { location: 'europe-west1' },
  ],
  [
    'VertexTrainingIdentity',
    (stack, id, props) =>
      new VertexTrainingIdentity(stack, id, {
        project,
        location,
        bucketName: 'staged-files',
        reason,
        ...props,
      }),
    {},
    'bucketName must be unique among the buckets, in all stacks of the app (got "staged-files").',
    { bucketName: 'other-files' },
  ],
  [
    'GkeToAwsRole',
    (stack, id, props) =>
      new GkeToAwsRole(stack, id, {
        account,
        cluster: GkeCluster.fromAttributes(stack, `${id}-cluster`, { project, name: id, location }),
        namespace: 'books',
        serviceAccountName: id,
        roleName: 'reader',
        statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::books/*'] }],
        reason,
        ...props,
      }),
    {},
    'roleName must be unique among the roles of the account 210987654321, in all stacks of the app (got "reader").',
    { roleName: 'writer' },
  ],
  [
    'StepFunctionsOrchestrator',
    (stack, id, props) =>
      new StepFunctionsOrchestrator(stack, id, {
        account,
        name: 'nightly',
        definition: new PassStep('Nothing'),
        reason,
        ...props,
      }),
    {},
    'name must be unique among the state machines of the account 210987654321 in eu-west-1, in all stacks of the app (got "nightly").',
    { account: { ...account, region: 'us-east-1' } },
  ],
];

describe.each(kinds)('%s', (_, make, same, message, free) => {
  test('of a name of another stack is rejected', () => {
    const dev = withAws(testStack('dev'));
    const prod = withAws(sibling(dev, 'prod'));
    make(dev, 'first', {});
    expect(refusal(() => make(prod, 'second', same)).message).toBe(
      `prod/second: ${message} The construct dev/first has this name. Choose another name.`,
    );
  });

  test('of a free name is accepted', () => {
    const stack = withAws(testStack());
    make(stack, 'first', {});
    expect(() => make(stack, 'second', free)).not.toThrow();
  });
});
