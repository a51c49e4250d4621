import { TriggeredJob } from '../../lib/vertex/training-job';
import { problems, refusal, resources, testStack } from '../synth';
import {
  type Props,
  WORKFLOW,
  customJob,
  deploymentsOf,
  of,
  pipeline,
  trigger,
} from './training-trigger-fixtures';

describe('bad input', () => {
  test.each<[string, Props, string]>([
    [
      'nothing that starts it',
      { deployments: undefined },
      'deployments is required when images is not. Set deployments, images or both.',
    ],
    [
      'neither pipeline nor custom job',
      { job: undefined },
      'job is required. It must be TriggeredJob.pipeline(…) or TriggeredJob.custom(…).',
    ],
    [
      'a job of no kind',
      { job: { templateUri: 'gs://pipelines/rank.json' } },
      'job must be TriggeredJob.pipeline(…) or TriggeredJob.custom(…) (got {"templateUri":"gs://pipelines/rank.json"}).',
    ],
    [
      'a pipeline with the machine of a custom job',
      { job: { ...pipeline, machineType: 'n1-standard-8' } },
      'job.machineType is not a property. The properties are: kind, templateUri, parameters, imageParameter.',
    ],
    [
      'a poll that is longer than the time-out',
      { pollSeconds: 61, timeoutSeconds: 60 },
      'pollSeconds must be less than timeoutSeconds (60) (got 61). Set a shorter pollSeconds.',
    ],
    [
      'more polls than an execution of Workflows has steps for',
      { pollSeconds: 30, timeoutSeconds: 604_800 },
      'pollSeconds must be at least 41 with a timeoutSeconds of 604800, because an execution ends after 15000 polls (got 30). Poll less often, or reduce timeoutSeconds.',
    ],
    [
      'an image with its tag',
      { images: { names: ['us-docker.pkg.dev/my-project/images/shelf:v1'] } },
      'images.names[0] must be the repository of an image, in lower case, without tag and digest (got "us-docker.pkg.dev/my-project/images/shelf:v1").',
    ],
    [
      'a template in a bucket, which only client libraries read',
      { job: TriggeredJob.pipeline({ templateUri: 'gs://templates/rank.json' }) },
      'job.templateUri must be a template in Artifact Registry, https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG, or sha256:DIGEST in place of the tag (got "gs://templates/rank.json"). Upload the file to a repository of the format KFP.',
    ],
    [
      'a template of another project, without a project number',
      {
        project: { id: 'my-project' },
        job: TriggeredJob.pipeline({
          templateUri: 'https://us-kfp.pkg.dev/shared-project/pipelines/rank/v1',
        }),
      },
      'project.number is required for a repository of another project (shared-project), because the service agent of Vertex AI reads it. Set project to { id, number }.',
    ],
    [
      'a template that is a local file',
      { job: TriggeredJob.pipeline({ templateUri: './pipeline.yaml' }) },
      'job.templateUri must be a template in Artifact Registry, https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG, or sha256:DIGEST in place of the tag (got "./pipeline.yaml").',
    ],
    [
      'an escaped expression in an argument',
      { job: { ...customJob, args: ['$${sys.get_env("X")}'] } },
      'job.args[0] must be a string without "${", which starts an expression in Workflows (got "$${sys.get_env(\\"X\\")}").',
    ],
    [
      'a name in capitals',
      { name: 'Retrain' },
      'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Retrain"). Use "retrain".',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => trigger(stack, props)).message).toBe(`prod/retrain: ${message}`);
    expect(stack.node.tryFindChild('retrain')).toBeUndefined();
  });

  test('no label is refused, since every Deployment of the namespace would start a training', () => {
    const stack = testStack();
    expect(refusal(() => trigger(stack, { deployments: deploymentsOf(stack, {}) })).message).toBe(
      'prod/retrain: deployments.labels must have at least one label, because an empty selector matches every Deployment of the namespace (got {}). Set at least one label.',
    );
  });

  test.each(['args', 'environment', 'image'])('"${" in the %s of a custom job is refused', (property) => {
    const values = { args: ['${x}'], environment: { A: '${x}' }, image: '${x}' };
    const job = { ...customJob, [property]: values[property as keyof typeof values] };
    const found = Object.keys(problems(() => of({ job })));
    expect(found).toEqual([
      { args: 'job.args[0]', environment: 'job.environment["A"]', image: 'job.image' }[property],
    ]);
  });

  test('an argument with an expression is not advised to write what is refused next', () => {
    const [problem] = refusal(() => of({ job: { ...customJob, args: ['${x}'] } })).problems;
    expect(problem!.fix ?? '').not.toContain('Write "$${"');
  });

  test.each([
    ['pollSeconds', 1, 0],
    ['pollSeconds', 3600, 3601],
    ['timeoutSeconds', 60, 59],
    ['timeoutSeconds', 604_800, 604_801],
  ])('%s may be %d and not %d', (property, good, bad) => {
    // With the default time-out of a day, one poll a second exceeds the steps of an execution.
    expect(resources(of({ timeoutSeconds: 14_000, [property]: good }), WORKFLOW)).toHaveLength(1);
    expect(problems(() => of({ [property]: bad }))).toHaveProperty(property);
  });

  test('all of it comes in one error', () => {
    const props = {
      name: 'R',
      runAs: { account: {} },
      images: { names: [] },
      job: undefined,
      reason: '',
    };
    expect(Object.keys(problems(() => of(props)))).toEqual([
      'reason',
      'name',
      'runAs',
      'images.names',
      'job',
    ]);
  });
});
