import type { TerraformStack } from 'cdktf';
import { TriggeredJob } from '../../../lib/vertex/training-job';
import { TrainingTrigger } from '../../../lib/vertex/training-trigger';
import { VertexAccess } from '../../../lib/vertex/vertex-access';
import { VertexCallback } from '../../../lib/vertex/vertex-callback';
import { VertexEndpoint } from '../../../lib/vertex/vertex-endpoint';
import { VertexTrainingIdentity } from '../../../lib/vertex/vertex-training-identity';
import { GoogleServiceAccount } from '../../../lib/identity/google/google-service-account';
import { betaIn, clusterIn, identityIn, namespaceIn, trainingIn } from '../../property-values';
import { variantsOf, type TokenSubjects } from '../subject';
import { kmsKeyName, project, why } from './common';

const location = 'us-central1';
const networkAttachment = 'projects/my-project/regions/us-central1/networkAttachments/n';

export const vertex: TokenSubjects = {
  TrainingTrigger: {
    make: (stack, props) => new TrainingTrigger(stack, 'it', props),
    variants: variantsOf(
      (stack) => ({
        project,
        location,
        name: 'retrain',
        runAs: trainingIn(stack),
        deployments: { cluster: clusterIn(stack), namespace: 'books', labels: { app: 'books' } },
        images: { names: ['us-docker.pkg.dev/my-project/images/books'], topic: 'gcr' },
        job: TriggeredJob.custom({
          image: 'us-docker.pkg.dev/my-project/images/train:1',
          machineType: 'n1-standard-8',
          accelerator: { type: 'NVIDIA_TESLA_T4', count: 1 },
          replicaCount: 1,
          args: ['--fast'],
          environment: { A: 'b' },
        }),
        networkAttachment,
        pollSeconds: 30,
        timeoutSeconds: 3_600,
        ...why,
      }),
      ...['text', 1, true].map((value) => () => ({
        job: TriggeredJob.pipeline({
          templateUri: 'https://us-kfp.pkg.dev/my-project/pipelines/rank/v1',
          parameters: { a: value },
          imageParameter: 'image',
        }),
      })),
    ),
  },
  VertexAccess: {
    make: (stack, props) => new VertexAccess(stack, 'it', props).generate().readModels(),
    variants: [(stack) => ({ identity: identityIn(stack), project, location, ...why })],
  },
  VertexCallback: {
    make: (stack, props) => new VertexCallback(stack, 'it', props),
    variants: variantsOf(
      (stack) => ({
        project,
        location,
        name: 'books',
        runAs: trainingIn(stack),
        audience: 'https://books.example.com',
        namespace: namespaceIn(stack),
        workloadName: 'books',
        port: 8000,
        servicePort: 8443,
        publicPath: { tokenCheckedBy: 'application', reason: 'jobs report' },
        ...why,
      }),
      () => ({
        publicPath: undefined,
        privatePath: {
          network: 'projects/my-project/global/networks/books',
          cidr: '10.8.0.0/24',
          nodeServiceAccountEmail: 'nodes@my-project.iam.gserviceaccount.com',
        },
      }),
    ),
  },
  VertexEndpoint: {
    make: (stack, props) => new VertexEndpoint(stack, 'it', props),
    variants: variantsOf(
      () => ({
        project,
        location,
        displayName: 'ranking',
        endpointId: '42',
        dedicatedEndpoint: true,
        kmsKeyName,
        requestLogging: { bigQueryTable: 'bq://my-project.logs.requests', samplingRate: 0.5 },
        labels: { team: 'books' },
        ...why,
      }),
      () => ({ dedicatedEndpoint: undefined, network: 'projects/123456789012/global/networks/books' }),
      () => ({ dedicatedEndpoint: undefined, privateServiceConnectProjects: ['my-project'] }),
    ),
  },
  'VertexEndpoint.fromAttributes': {
    make: (stack, props) =>
      new VertexAccess(stack, 'access', {
        identity: identityIn(stack) as never,
        project,
        location,
        reason: 'ranks',
        googleBetaProvider: betaIn(stack),
      }).predict(VertexEndpoint.fromAttributes(stack, 'it', props)),
    variants: [() => ({ project, location, endpointId: '42' })],
  },
  VertexTrainingIdentity: {
    make: (stack, props) =>
      new VertexAccess(stack, 'access', {
        identity: identityIn(stack) as never,
        project,
        location,
        reason: 'trains',
      }).train(new VertexTrainingIdentity(stack, 'it', props)),
    variants: [
      () => ({
        project,
        location,
        accountId: 'books-training',
        bucketName: 'books-staging',
        deleteAfterDays: 30,
        kmsKeyName,
        imageRepositories: [{ repositoryId: 'images', location: 'us', project: 'my-project' }],
        ...why,
      }),
    ],
  },
  'VertexTrainingIdentity.fromAttributes': {
    make: (stack, props) =>
      new TrainingTrigger(stack, 'trigger', {
        project,
        location,
        name: 'retrain',
        runAs: VertexTrainingIdentity.fromAttributes(stack, 'it', props),
        images: { names: ['us-docker.pkg.dev/my-project/images/books'] },
        job: TriggeredJob.custom({ machineType: 'n1-standard-8' }),
        reason: 'trains',
      }),
    variants: [(stack) => ({ account: trainerIn(stack), bucket: { name: 'staged-files' } })],
  },
};

function trainerIn(stack: TerraformStack) {
  return (
    stack.node.tryFindChild('trainer') ??
    GoogleServiceAccount.fromEmail(stack, 'trainer', 'trainer@my-project.iam.gserviceaccount.com', {
      reason: 'trains',
    })
  );
}
