import type { Mistake } from './mistake';
import { clusterIn } from '../property-values';
import { TriggeredJob } from '../../lib/vertex/training-job';

/* Sources: https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.endpoints. */

export const vertex: readonly Mistake[] = [
  [
    'a zone in place of the region',
    'VertexEndpoint',
    () => ({ location: 'us-central1-a' }),
    'prod/it: 2 problems\n  - location must be a region, for example "us-central1" (got "us-central1-a"). Use "us-central1".\n  - kmsKeyName must be a key in the location of what it encrypts (us-central1-a) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us-central1-a.',
  ],
  [
    'the global location of an endpoint',
    'VertexEndpoint',
    () => ({ location: 'global' }),
    'prod/it: 2 problems\n  - location must be a region, for example "us-central1" (got "global").\n  - kmsKeyName must be a key in the location of what it encrypts (global) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in global.',
  ],
  [
    'an endpoint id with letters',
    'VertexEndpoint',
    () => ({ endpointId: 'ranking' }),
    'prod/it: endpointId must be a number of at most 10 digits that does not start with 0 (got "ranking").',
  ],
  [
    'an endpoint id with a leading zero',
    'VertexEndpoint',
    () => ({ endpointId: '042' }),
    'prod/it: endpointId must be a number of at most 10 digits that does not start with 0 (got "042").',
  ],
  [
    'a BigQuery table without its scheme',
    'VertexEndpoint',
    () => ({ requestLogging: { bigQueryTable: 'my-project.logs.requests', samplingRate: 0.5 } }),
    'prod/it: requestLogging.bigQueryTable must be a table of the form bq://PROJECT.DATASET.TABLE (got "my-project.logs.requests").',
  ],
  [
    'a sampling rate in percent',
    'VertexEndpoint',
    () => ({ requestLogging: { bigQueryTable: 'bq://my-project.logs.requests', samplingRate: 50 } }),
    'prod/it: requestLogging.samplingRate must be above 0 and at most 1 (got 50).',
  ],
  [
    'a network by its project id',
    'VertexEndpoint',
    () => ({ dedicatedEndpoint: undefined, network: 'projects/my-project/global/networks/books' }),
    'prod/it: network must be a VPC of the form projects/PROJECT_NUMBER/global/networks/NAME (got "projects/my-project/global/networks/books").',
  ],
  [
    'a network by its short name',
    'VertexEndpoint',
    () => ({ dedicatedEndpoint: undefined, network: 'books' }),
    'prod/it: network must be a VPC of the form projects/PROJECT_NUMBER/global/networks/NAME (got "books").',
  ],
  [
    'a dedicated endpoint with a network',
    'VertexEndpoint',
    () => ({ network: 'projects/123456789012/global/networks/books' }),
    'prod/it: dedicatedEndpoint must be false when network is set, because a peered endpoint has no public DNS name (got true). Omit network or dedicatedEndpoint.',
  ],
  [
    'the key of another region',
    'VertexEndpoint',
    () => ({ kmsKeyName: 'projects/my-project/locations/europe-west4/keyRings/r/cryptoKeys/k' }),
    'prod/it: kmsKeyName must be a key in the location of what it encrypts (us-central1) (got "projects/my-project/locations/europe-west4/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us-central1.',
  ],
  [
    'a global key',
    'VertexEndpoint',
    () => ({ kmsKeyName: 'projects/my-project/locations/global/keyRings/r/cryptoKeys/k' }),
    'prod/it: kmsKeyName must be a key in the location of what it encrypts (us-central1) (got "projects/my-project/locations/global/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us-central1.',
  ],
  [
    'a display name of 129 characters',
    'VertexEndpoint',
    () => ({ displayName: 'r'.repeat(129) }),
    'prod/it: displayName must be one line of text with at least one visible character, at most 100 bytes, and no "${" or "%{" (got "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr… (131 characters)). Shorten it by 29 bytes.',
  ],
  [
    'the access to an endpoint of another location',
    'VertexEndpoint.fromAttributes',
    () => ({ location: 'europe-west1' }),
    'prod/access: endpoint must be an endpoint of my-project in us-central1 (got "projects/my-project/locations/europe-west1/endpoints/42"). Create a VertexAccess for the project and location of the endpoint.',
  ],
  [
    'a bucket with its scheme',
    'VertexTrainingIdentity',
    () => ({ bucketName: 'gs://books-staging' }),
    'prod/it: bucketName must have 3 to 63 lower-case letters, digits and hyphens, and not start with "goog" (got "gs://books-staging"). Use "books-staging".',
  ],
  [
    'a bucket in capitals',
    'VertexTrainingIdentity',
    () => ({ bucketName: 'Books-Staging' }),
    'prod/it: bucketName must have 3 to 63 lower-case letters, digits and hyphens, and not start with "goog" (got "Books-Staging"). Use "books-staging".',
  ],
  [
    'a bucket with goog at its start',
    'VertexTrainingIdentity',
    () => ({ bucketName: 'google-books' }),
    'prod/it: bucketName must have 3 to 63 lower-case letters, digits and hyphens, and not start with "goog" (got "google-books").',
  ],
  [
    'the staging of another region by its key',
    'VertexTrainingIdentity',
    () => ({ kmsKeyName: 'projects/my-project/locations/us/keyRings/r/cryptoKeys/k' }),
    'prod/it: kmsKeyName must be a key in the location of what it encrypts (us-central1) (got "projects/my-project/locations/us/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us-central1.',
  ],
  [
    'the multi-region us',
    'VertexTrainingIdentity',
    () => ({ location: 'us' }),
    'prod/it: 2 problems\n  - location must be a region, for example "us-central1" (got "us").\n  - kmsKeyName must be a key in the location of what it encrypts (us) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us.',
  ],
  [
    'an image with its tag as the repository',
    'TrainingTrigger',
    () => ({ images: { names: ['us-docker.pkg.dev/my-project/images/books:1'] } }),
    'prod/it: images.names[0] must be the repository of an image, in lower case, without tag and digest (got "us-docker.pkg.dev/my-project/images/books:1").',
  ],
  [
    'an accelerator of GKE',
    'TrainingTrigger',
    () => ({
      job: TriggeredJob.custom({
        machineType: 'n1-standard-8',
        accelerator: { type: 'nvidia-tesla-t4', count: 1 },
      }),
    }),
    'prod/it: job.accelerator.type must be an accelerator type, for example "NVIDIA_L4" (got "nvidia-tesla-t4").',
  ],
  [
    'a machine type of AWS SageMaker',
    'TrainingTrigger',
    () => ({ job: TriggeredJob.custom({ machineType: 'ml.m5.large' }) }),
    'prod/it: job.machineType must be a machine type, for example "n1-standard-8" (got "ml.m5.large").',
  ],
  [
    'a pipeline template in a bucket without a scheme',
    'TrainingTrigger',
    () => ({ job: TriggeredJob.pipeline({ templateUri: 'templates/rank.json' }) }),
    'prod/it: job.templateUri must be a template in Artifact Registry, https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG, or sha256:DIGEST in place of the tag (got "templates/rank.json").',
  ],
  [
    'neither deployments nor images',
    'TrainingTrigger',
    () => ({ deployments: undefined, images: undefined }),
    'prod/it: deployments is required when images is not. Set deployments, images or both.',
  ],
  [
    'deployments without a label',
    'TrainingTrigger',
    (stack) => ({ deployments: { cluster: clusterIn(stack), namespace: 'books', labels: {} } }),
    'prod/it: deployments.labels must have at least one label, because an empty selector matches every Deployment of the namespace (got {}). Set at least one label.',
  ],
  [
    'an audience without https',
    'VertexCallback',
    () => ({ audience: 'http://books.example.com' }),
    'prod/it: audience must be an https URL, for example "https://books.example.com" (got "http://books.example.com"). Use "https://books.example.com".',
  ],
  [
    'a private and a public path',
    'VertexCallback',
    () => ({
      privatePath: {
        network: 'books',
        cidr: '10.8.0.0/24',
        nodeServiceAccountEmail: 'nodes@my-project.iam.gserviceaccount.com',
      },
    }),
    'prod/it: privatePath must be one of privatePath and publicPath (got {"network":"books","cidr":"10.8.0.0/24","nodeServiceAccountEmail":"nodes@my-proj… (109 characters)). Set one of privatePath and publicPath.',
  ],
  [
    'a range of one address',
    'VertexCallback',
    () => ({
      publicPath: undefined,
      privatePath: {
        network: 'books',
        cidr: '10.8.0.1/32',
        nodeServiceAccountEmail: 'nodes@my-project.iam.gserviceaccount.com',
      },
    }),
    'prod/it: privatePath.cidr must have a prefix from /16 to /28 (got "10.8.0.1/32").',
  ],
];
