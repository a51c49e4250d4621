import { TriggeredJob } from '../../lib/vertex/training-job';
import { TrainingTrigger } from '../../lib/vertex/training-trigger';
import { VertexCallback } from '../../lib/vertex/vertex-callback';
import { VertexTrainingIdentity } from '../../lib/vertex/vertex-training-identity';
import { VertexAccess } from '../../lib/vertex/vertex-access';
import { VertexEndpoint } from '../../lib/vertex/vertex-endpoint';
import { constant, describeProperties } from '../property-harness';
import { project, identityIn, namespaceIn, trainingIn, why } from '../property-values';

const images = { names: ['us-docker.pkg.dev/my-project/images/books'] };
const publicPath = { tokenCheckedBy: 'application', reason: 'jobs "report" ü' };

describeProperties({
  VertexAccess: {
    make: (stack, props) => new VertexAccess(stack, 'it', props).generate().readModels(),
    good: {
      identity: [identityIn],
      project: constant(project),
      location: constant('us-central1', 'global'),
      reason: constant('ranks "all" of it', 'liest Bücher 🙂'),
      owner: constant(undefined, 'team-books'),
      ticket: constant(undefined, 'ML-7'),
      reviewBy: constant(undefined, '2030-01-31'),
    },
  },
  VertexEndpoint: {
    make: (stack, props) => new VertexEndpoint(stack, 'it', props),
    good: {
      project: constant(project),
      location: constant('us-central1'),
      displayName: constant('shelf "ranking"', 'Bücher 🙂'),
      endpointId: constant(undefined, '42'),
      dedicatedEndpoint: constant(undefined, true),
      requestLogging: constant(undefined, { bigQueryTable: 'bq://p.d.t', samplingRate: 0.5 }),
      labels: constant(undefined, { team: 'books' }),
      reason: constant('serves the model'),
      owner: constant(undefined, 'team-books'),
    },
  },
  VertexTrainingIdentity: {
    make: (stack, props) => new VertexTrainingIdentity(stack, 'it', props),
    good: {
      project: constant(project),
      location: constant('us-central1'),
      accountId: constant(undefined, 'books-training'),
      bucketName: constant(undefined, 'books-staging'),
      deleteAfterDays: constant(undefined, 30),
      imageRepositories: constant(undefined, [{ repositoryId: 'images', location: 'us' }]),
      ...why,
    },
  },
  VertexCallback: {
    make: (stack, props: object) =>
      new VertexCallback(stack, 'it', (props && { publicPath, ...props }) as never),
    good: {
      project: constant(project),
      location: constant('us-central1'),
      name: constant('books'),
      runAs: [trainingIn],
      audience: constant('https://books.example.com'),
      namespace: [namespaceIn],
      workloadName: constant('books'),
      port: constant(8000),
      servicePort: constant(undefined, 8443),
      ...why,
    },
  },
  TrainingTrigger: {
    make: (stack, props: object) =>
      new TrainingTrigger(stack, 'it', (props && { images, ...props }) as never),
    good: {
      project: constant(project),
      location: constant('us-central1'),
      name: constant('retrain'),
      runAs: [trainingIn],
      job: constant(
        TriggeredJob.custom({ machineType: 'n1-standard-8', args: ['--a', 'b "c" \\ ü'] }),
        TriggeredJob.pipeline({
          templateUri: 'https://us-kfp.pkg.dev/my-project/pipelines/rank/v1',
          parameters: { a: 'ü "b"' },
        }),
      ),
      pollSeconds: constant(undefined, 30),
      ...why,
    },
  },
});
