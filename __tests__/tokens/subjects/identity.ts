import { TerraformResource, type TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { CustomRole } from '../../../lib/identity/google/custom-role';
import { FederatedAwsRole } from '../../../lib/identity/federation/federated-aws-role';
import { GcsStateBackend } from '../../../lib/identity/pipeline/gcs-state-backend';
import { S3StateBackend } from '../../../lib/identity/pipeline/s3-state-backend';
import { GkeOidcProvider } from '../../../lib/identity/federation/gke-oidc-provider';
import { GkeToAwsRole } from '../../../lib/identity/federation/gke-to-aws-role';
import { GoogleProjectPrerequisites } from '../../../lib/identity/prerequisites/google-project-prerequisites';
import { GoogleServiceAccount } from '../../../lib/identity/google/google-service-account';
import { PipelineIdentity } from '../../../lib/identity/pipeline/pipeline-identity';
import { WorkloadIdentityBinding } from '../../../lib/identity/google/workload-identity-binding';
import { clusterIn, federationIn, inAws } from '../../property-values';
import { sibling } from '../../synth';
import { variantsOf, type TokenSubjects } from '../subject';
import { account, kmsKeyArn, kmsKeyName, project, statements, statementsWithLists, why } from './common';

export const identity: TokenSubjects = {
  AwsToGoogleFederation: {
    make: (stack, props) => new AwsToGoogleFederation(stack, 'it', props),
    variants: [
      () => ({ project, account, poolId: 'aws-jobs', providerId: 'lambda', roles: ['api'], ...why }),
    ],
  },
  'AwsToGoogleFederation.fromAttributes': {
    make: (stack, props) => {
      const federation = AwsToGoogleFederation.fromAttributes(stack, 'it', props);
      new FederatedAwsRole(stack, 'role', {
        federation,
        roleName: 'loader',
        reason: 'loads',
      }).grants.bucketReader({
        name: 'sales',
      });
    },
    variants: [() => ({ project, account, poolId: 'aws-jobs', providerId: 'lambda' })],
  },
  CustomRole: {
    make: (stack, props) => new CustomRole(stack, 'it', props),
    variants: [
      () => ({ project, permissions: ['storage.objects.get'], roleId: 'reader', title: 'Reader', ...why }),
    ],
  },
  FederatedAwsRole: {
    make: (stack, props) => new FederatedAwsRole(stack, 'it', props).grants.bucketReader({ name: 'sales' }),
    variants: [(stack) => ({ federation: federationIn(stack), roleName: 'loader', ...why })],
  },
  GkeOidcProvider: {
    make: (stack, props) => new GkeOidcProvider(inAws(stack), 'it', props),
    variants: [(stack) => ({ cluster: clusterIn(stack), account, ...why })],
  },
  'GkeOidcProvider.fromArn': {
    make: (stack, { arn }: { arn: string }) =>
      new GkeToAwsRole(inAws(stack), 'role', {
        cluster: clusterIn(stack) as never,
        oidcProvider: GkeOidcProvider.fromArn(stack, 'it', arn),
        account: account as never,
        namespace: 'books',
        serviceAccountName: 'reader',
        roleName: 'reader',
        reason: 'reads',
      }),
    variants: [
      () => ({
        arn: 'arn:aws:iam::210987654321:oidc-provider/container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/existing',
      }),
    ],
  },
  'GkeOidcProvider.tryFind': {
    make: (stack, { cluster, account: given }: { cluster: never; account: never }) =>
      GkeOidcProvider.tryFind(inAws(stack), cluster, given),
    variants: [(stack) => ({ cluster: clusterIn(stack), account })],
  },
  GkeToAwsRole: {
    make: (stack, props) => new GkeToAwsRole(inAws(stack), 'it', props),
    variants: variantsOf(
      (stack) => ({
        cluster: clusterIn(stack),
        account,
        namespace: 'books',
        serviceAccountName: 'reader',
        roleName: 'books-reader',
        statements,
        maxSessionSeconds: 3_600,
        permissionsBoundaryArn: 'arn:aws:iam::210987654321:policy/boundary',
        ...why,
      }),
      () => ({ statements: statementsWithLists }),
      () => ({ namespace: 'default', acknowledge: { defaultNamespace: 'one tenant' } }),
    ),
  },
  GoogleProjectPrerequisites: {
    make: (stack, props) => new GoogleProjectPrerequisites(stack, 'it', props),
    variants: [
      (stack) => ({
        project,
        stacks: [otherStackOf(stack)],
        apis: ['bigquery.googleapis.com'],
        serviceAgents: ['container.googleapis.com'],
        kmsKeys: [{ keyName: kmsKeyName, service: 'compute.googleapis.com' }],
        sharedVpc: {
          hostProject: 'host-project',
          subnetworks: [{ region: 'us-central1', name: 'gke' }],
        },
      }),
    ],
  },
  GcsStateBackend: {
    make: (stack, props) => new GcsStateBackend(stack, 'it', props).configure(stack),
    variants: [
      () => ({ bucketName: 'acme-state', location: 'EU', project, kmsKeyName, deletionProtection: false }),
    ],
  },
  S3StateBackend: {
    make: (stack, props) => new S3StateBackend(inAws(stack), 'it', props).configure(stack),
    variants: [() => ({ bucketName: 'acme-state', account, kmsKeyArn, deletionProtection: false })],
  },
  GoogleServiceAccount: {
    make: (stack, props) => new GoogleServiceAccount(stack, 'it', props),
    variants: [() => ({ project, accountId: 'books-reader', displayName: 'Books', ...why })],
  },
  'GoogleServiceAccount.fromEmail': {
    make: (stack, { email, ...options }: { email: string; reason?: string }) =>
      GoogleServiceAccount.fromEmail(stack, 'it', email, options).grants.bucketReader({ name: 'sales' }),
    variants: [() => ({ email: 'reader@my-project.iam.gserviceaccount.com', reason: 'reads' })],
  },
  PipelineIdentity: {
    make: (stack, props) => new PipelineIdentity(inAws(stack), 'it', props),
    variants: variantsOf(
      (stack) => ({
        source: {
          kind: 'github',
          owner: 'acme',
          ownerId: '11',
          repository: 'shop',
          repositoryId: '22',
          subjectFormat: 'immutable',
        },
        plan: { workflow: '.github/workflows/plan.yml' },
        apply: {
          environment: 'prod',
          ref: 'refs/heads/main',
          workflow: '.github/workflows/deploy.yml',
        },
        stacks: [otherStackOf(stack)],
        account,
        project,
        aws: {
          namePrefix: 'shop',
          maxSessionSeconds: 3_600,
          permissionsBoundaryArn: 'arn:aws:iam::210987654321:policy/boundary',
        },
        google: { poolPrefix: 'shop-ci', directPrincipals: true },
        stateBackend: stateIn(stack),
        ...why,
      }),
      (stack) => ({
        aws: {
          namePrefix: 'shop',
          oidcProvider: githubProviderIn(stack),
        },
      }),
      () => ({
        source: {
          kind: 'gitlab',
          projectPath: 'acme/shop',
          projectId: '33',
          namespaceId: '44',
          url: 'https://git.example.com',
        },
        plan: { environment: 'review', ref: 'refs/heads/main' },
      }),
      () => ({
        source: { kind: 'oidc', issuer: 'https://ci.example.com' },
        plan: { subject: 'plan' },
        apply: { subject: 'apply' },
      }),
    ),
  },
  WorkloadIdentityBinding: {
    make: (stack, props) =>
      new WorkloadIdentityBinding(stack, 'it', props).grants.bucketReader({ name: 'sales' }),
    variants: variantsOf(
      (stack) => ({
        cluster: clusterIn(stack),
        namespace: 'books',
        additionalNamespaces: ['search'],
        serviceAccountName: 'reader',
        kubernetesServiceAccount: 'create',
        labels: { team: 'books' },
        annotations: { 'example.com/a': 'b' },
        ...why,
      }),
      () => ({
        googleServiceAccount: { accountId: 'books-reader', displayName: 'Books', project },
        condition: {
          title: 'until-june',
          expression: 'request.time < timestamp("2030-06-01T00:00:00Z")',
          description: 'ends with the contract',
        },
      }),
      () => ({ namespace: 'default', acknowledge: { defaultNamespace: 'one tenant' } }),
      (stack) => ({
        kubernetesServiceAccount: 'annotate',
        labels: undefined,
        serviceAccountCreatedBy: [releaseIn(stack)],
      }),
    ),
  },
};

const otherStackOf = (stack: TerraformStack) =>
  stack.node.root.node.tryFindChild('other') ?? sibling(stack, 'other');

const stateIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('state') ??
  new GcsStateBackend(stack, 'state', { bucketName: 'state', location: 'EU', project });

const githubProviderIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('github') ??
  GkeOidcProvider.fromArn(
    stack,
    'github',
    'arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com',
  );

/** A resource that creates the service account. */
const releaseIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('release') ??
  new TerraformResource(stack, 'release', { terraformResourceType: 'helm_release' });
