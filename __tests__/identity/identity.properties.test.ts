import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import type { TerraformStack } from 'cdktf';
import { CustomRole } from '../../lib/identity/google/custom-role';
import { FederatedAwsRole } from '../../lib/identity/federation/federated-aws-role';
import { GcsStateBackend } from '../../lib/identity/pipeline/gcs-state-backend';
import { S3StateBackend } from '../../lib/identity/pipeline/s3-state-backend';
import { GkeOidcProvider } from '../../lib/identity/federation/gke-oidc-provider';
import { GoogleProjectPrerequisites } from '../../lib/identity/prerequisites/google-project-prerequisites';
import { PipelineIdentity } from '../../lib/identity/pipeline/pipeline-identity';
import { PipelineSource } from '../../lib/identity/pipeline/pipeline-source';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { AwsToGoogleFederation } from '../../lib/identity/federation/aws-to-google-federation';
import { GkeToAwsRole } from '../../lib/identity/federation/gke-to-aws-role';
import { WorkloadIdentityBinding } from '../../lib/identity/google/workload-identity-binding';
import { sibling, withAws } from '../synth';
import { constant, describeProperties } from '../property-harness';
import { project, account, betaIn, clusterIn, federationIn, inAws, why } from '../property-values';

/** A stack of another team in the same app, with one topic. */
function applicationIn(stack: TerraformStack): TerraformStack {
  const existing = stack.node.root.node.tryFindChild('application') as TerraformStack | undefined;
  if (existing !== undefined) return existing;
  const application = sibling(stack, 'application');
  new PubsubTopic(application, 'orders', { name: 'orders' });
  return application;
}

describeProperties({
  WorkloadIdentityBinding: {
    make: (stack, props) => new WorkloadIdentityBinding(stack, 'it', props),
    good: {
      cluster: [clusterIn],
      namespace: constant('books', 'shop'),
      additionalNamespaces: constant(undefined, [], ['search']),
      serviceAccountName: constant('reader', 'a.b'),
      kubernetesServiceAccount: constant(undefined, 'create', 'annotate', 'unmanaged'),
      googleServiceAccount: constant(undefined, {}, { accountId: 'books-reader', displayName: 'Books "1"' }),
      labels: constant(undefined, { team: 'books' }),
      annotations: constant(undefined, { 'example.com/a': 'b "c" \\ ü' }),
      reason: constant('reads "all" of it', 'liest Bücher 🙂', 'costs $5, or 5 {euros}'),
      owner: constant(undefined, 'team-books'),
    },
  },
  AwsToGoogleFederation: {
    make: (stack, props) => {
      const federation = new AwsToGoogleFederation(stack, 'it', props);
      federation.allowRole('etl');
      return federation;
    },
    good: {
      project: constant(project),
      account: constant(account),
      poolId: constant('aws-jobs', 'jobs'),
      providerId: constant(undefined, 'lambda'),
      roles: constant(undefined, [], ['api', 'batch+1@x']),
      reason: constant('loads "all" of it', 'lädt Bücher 🙂'),
      owner: constant(undefined, 'team-books'),
    },
  },
  GkeToAwsRole: {
    make: (stack, props) => {
      if (!stack.node.tryFindChild('aws')) withAws(stack);
      return new GkeToAwsRole(stack, 'it', props);
    },
    good: {
      cluster: [clusterIn],
      account: constant(account),
      namespace: constant('books', 'shop'),
      serviceAccountName: constant('reader', 'a.b'),
      roleName: constant('books-reader', 'a+=,.@-_Z'),
      statements: constant(
        undefined,
        [],
        [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/$${aws:userid}'] }],
      ),
      maxSessionSeconds: constant(undefined, 3_600, 43_200),
      reason: constant('reads "all" of it', 'liest Bücher'),
      owner: constant(undefined, 'team-books'),
    },
  },
  GcsStateBackend: {
    make: (stack, props) => new GcsStateBackend(stack, 'it', props),
    good: {
      bucketName: constant('acme-state'),
      location: constant('EU', 'europe-west1'),
      project: constant(project),
      kmsKeyName: constant(undefined, 'projects/keys/locations/eu/keyRings/data/cryptoKeys/state'),
      deletionProtection: constant(undefined, true, false),
    },
  },
  S3StateBackend: {
    make: (stack, props) => new S3StateBackend(inAws(stack), 'it', props),
    good: {
      bucketName: constant('acme-state'),
      account: constant(account),
      kmsKeyArn: constant(undefined, 'arn:aws:kms:eu-west-1:210987654321:key/0f3c1b9a'),
      deletionProtection: constant(undefined, true, false),
    },
  },
  PipelineIdentity: {
    make: (stack, props) =>
      new PipelineIdentity(
        inAws(stack),
        'it',
        // Which cloud is required depends on the other.
        props && { google: { poolPrefix: 'shop-ci' }, account, ...(props as object) },
      ),
    good: {
      source: constant(
        PipelineSource.github({ owner: 'acme', ownerId: '11', repository: 'shop', repositoryId: '22' }),
        PipelineSource.gitlab({ projectPath: 'acme/shop', projectId: '33', namespaceId: '44' }),
      ),
      plan: constant({}, { workflow: 'ci/plan.yml' }),
      apply: constant({ ref: 'refs/heads/main' }, { ref: 'refs/tags/v1', environment: 'prod' }),
      stacks: [(stack) => [applicationIn(stack)]],
      project: constant(project),
      aws: constant(
        undefined,
        { namePrefix: 'shop' },
        { namePrefix: 'a+=,.@-_Z', maxSessionSeconds: 43_200 },
      ),
      reason: constant('deploys "all" of it', 'liefert Bücher aus'),
      owner: constant(undefined, 'team-books'),
    },
  },
  GoogleProjectPrerequisites: {
    make: (stack, props) => new GoogleProjectPrerequisites(stack, 'it', props),
    good: {
      project: constant(project),
      stacks: [() => undefined, (stack) => [applicationIn(stack)]],
      apis: constant(undefined, [], ['run.googleapis.com']),
      serviceAgents: constant(undefined, ['pubsub.googleapis.com', 'storage.googleapis.com']),
      kmsKeys: constant(undefined, [
        {
          keyName: 'projects/keys/locations/us-central1/keyRings/data/cryptoKeys/books',
          service: 'compute.googleapis.com',
        },
      ]),
      sharedVpc: constant(undefined, {
        hostProject: 'host-project',
        subnetworks: [{ region: 'us-central1', name: 'gke' }],
      }),
      googleBetaProvider: [() => undefined, betaIn],
    },
  },
  GoogleServiceAccount: {
    make: (stack, props) => new GoogleServiceAccount(stack, 'it', props),
    good: {
      project: constant(project),
      accountId: constant(undefined, 'books-reader'),
      displayName: constant(undefined, 'Books "1"', 'Bücher 🙂'),
      ...why,
    },
  },
  CustomRole: {
    make: (stack, props) => new CustomRole(stack, 'it', props),
    good: {
      project: constant(project),
      permissions: constant(['storage.objects.get'], ['pubsub.topics.get', 'pubsub.topics.list']),
      roleId: constant('booksReader', 'books.reader_2'),
      title: constant(undefined, 'Reads "books"'),
      ...why,
    },
  },
  FederatedAwsRole: {
    make: (stack, props) => {
      const role = new FederatedAwsRole(stack, 'it', props);
      role.grants.bucketReader({ name: 'books' });
      return role;
    },
    good: {
      federation: [federationIn],
      roleName: constant('loader', 'a+=,.@-_Z'),
      ...why,
    },
  },
  GkeOidcProvider: {
    make: (stack, props) => new GkeOidcProvider(inAws(stack), 'it', props),
    good: {
      cluster: [clusterIn],
      account: constant(account),
      ...why,
    },
  },
});
