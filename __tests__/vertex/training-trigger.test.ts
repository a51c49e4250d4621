import { ComputeNetworkAttachment } from '@cdktf/provider-google/lib/compute-network-attachment';
import { TerraformVariable, type TerraformStack } from 'cdktf';
import { TriggeredJob } from '../../lib/vertex/training-job';
import { trainingWorkflow } from '../../lib/vertex/training-workflow';
import { TrainingTrigger } from '../../lib/vertex/training-trigger';
import type { TrainingTriggerProps } from '../../lib/vertex/training-trigger-props';
import { problems, refusal, resource, resources, synthesized, testStack } from '../synth';
import { clusterIn, existingTraining, location, project, TRAINER } from './fixtures';

type Props = Partial<Record<keyof TrainingTriggerProps, unknown>>;

const WORKFLOW = 'google_workflows_workflow';
const pipeline = TriggeredJob.pipeline({
  templateUri: 'https://us-central1-kfp.pkg.dev/my-project/pipelines/rank/v1',
  parameters: { epochs: 3 },
  imageParameter: 'service_image',
});
const customJob = TriggeredJob.custom({
  machineType: 'g2-standard-8',
  accelerator: { type: 'NVIDIA_L4', count: 1 },
  args: ['--epochs', '3'],
  environment: { LOG_LEVEL: 'info' },
});

const deploymentsOf = (
  stack: TerraformStack,
  labels: Readonly<Record<string, string>> = { retrain: 'shelf' },
) => ({
  cluster: clusterIn(stack),
  namespace: 'books',
  labels,
});

function trigger(stack: TerraformStack, props: Props = {}): TrainingTrigger {
  return new TrainingTrigger(stack, 'retrain', {
    project,
    location,
    name: 'retrain-shelf',
    runAs: props.runAs ?? existingTraining(stack),
    reason: 'learns from the release',
    ...('images' in props ? {} : { deployments: deploymentsOf(stack) }),
    job: pipeline,
    ...props,
  } as TrainingTriggerProps);
}

const of = (props: Props = {}) => {
  const stack = testStack();
  trigger(stack, props);
  return stack;
};

/** The source as Terraform gives it to Google: one "$" of "$${" belongs to Terraform. */
const sourceOf = (stack: TerraformStack) =>
  String(resource(stack, WORKFLOW).source_contents).replaceAll('$${', '${');

/** Roles of an account, with what they are granted on. */
const rolesOf = (stack: TerraformStack, account: string) =>
  Object.entries(synthesized(stack).resource ?? {})
    .filter(([type]) => type.endsWith('_iam_member'))
    .flatMap(([type]) => resources(stack, type))
    .filter(
      ({ member }) => member === (`serviceAccount:${account}@my-project.iam.gserviceaccount.com` as never),
    )
    .map(({ role, project: on, topic, bucket, service_account_id }) => [
      role,
      topic ?? bucket ?? service_account_id ?? on,
    ])
    .sort();

describe('what it makes', () => {
  const count = (stack: TerraformStack) =>
    Object.fromEntries(
      Object.entries(synthesized(stack).resource ?? {}).map(([type, ofType]) => [
        type,
        Object.keys(ofType).length,
      ]),
    );
  const always = {
    google_service_account: 2,
    google_pubsub_subscription: 1,
    google_workflows_workflow: 1,
    google_artifact_registry_repository_iam_member: 1,
    google_project_iam_custom_role: 2,
    google_project_iam_member: 5,
    google_service_account_iam_member: 1,
    google_storage_bucket_iam_member: 2,
  };

  test('for Deployments is a sink, two topics, a workflow and its two accounts', () => {
    expect(count(of())).toEqual({
      ...always,
      google_pubsub_topic: 2,
      google_logging_project_sink: 1,
      google_pubsub_topic_iam_member: 2,
      google_eventarc_trigger: 1,
    });
  });

  test('for images has no sink, since Artifact Registry tells of them itself', () => {
    expect(count(of({ images: { names: ['us-docker.pkg.dev/my-project/images/shelf'] } }))).toEqual({
      ...always,
      google_pubsub_topic: 1,
      google_pubsub_topic_iam_member: 1,
      google_eventarc_trigger: 1,
    });
  });

  test('for both starts the same workflow from both', () => {
    const stack = testStack();
    const images = { names: ['us-docker.pkg.dev/my-project/images/shelf'] };
    trigger(stack, { images, deployments: deploymentsOf(stack) });
    const triggers = resources(stack, 'google_eventarc_trigger');
    expect(triggers.map(({ transport }) => transport)).toEqual([
      { pubsub: { topic: '${google_pubsub_topic.retrain_deployments_0206EDD9.id}' } },
      { pubsub: { topic: 'projects/my-project/topics/gcr' } },
    ]);
    expect(new Set(triggers.map(({ destination }) => JSON.stringify(destination))).size).toBe(1);
  });
});

describe('the sink', () => {
  test('lets through the changes of Deployments with the labels, by people and robots alike', () => {
    expect(String(resource(of(), 'google_logging_project_sink').filter).split('\n')).toEqual([
      'log_id("cloudaudit.googleapis.com/activity")',
      'resource.type="k8s_cluster"',
      'resource.labels.project_id="my-project"',
      'resource.labels.location="us-central1"',
      'resource.labels.cluster_name="books"',
      'protoPayload.methodName=~"^io\\.k8s\\.apps\\.v1\\.deployments\\.(create|update|patch)$"',
      'protoPayload.resourceName=~"^apps/v1/namespaces/books/deployments/[^/]+$"',
      'protoPayload.response.metadata.labels."retrain"="shelf"',
    ]);
  });

  test('asks for every label', () => {
    const stack = testStack();
    const labels = { 'app.kubernetes.io/name': 'shelf', retrain: 'yes' };
    const { deploymentFilter } = trigger(stack, { deployments: deploymentsOf(stack, labels) });
    expect(deploymentFilter!.split('\n').slice(-2)).toEqual([
      'protoPayload.response.metadata.labels."app.kubernetes.io/name"="shelf"',
      'protoPayload.response.metadata.labels."retrain"="yes"',
    ]);
  });

  test('may publish to its own topic and to no other', () => {
    const stack = of();
    const members = resources(stack, 'google_pubsub_topic_iam_member');
    expect(members.filter(({ member }) => String(member).includes('writer_identity'))).toEqual([
      {
        member: '${google_logging_project_sink.retrain_deployments-sink_96004BB0.writer_identity}',
        project: 'my-project',
        role: 'roles/pubsub.publisher',
        topic: '${google_pubsub_topic.retrain_deployments_0206EDD9.name}',
      },
    ]);
  });
});

describe('least privilege', () => {
  test('the submitter submits, logs, and keeps what failed', () => {
    const stack = of();
    const role = resources(stack, 'google_project_iam_custom_role').find(({ title }) =>
      String(title).startsWith('Vertex AI: pipelineJobs'),
    );
    expect(role!.permissions).toEqual([
      'aiplatform.pipelineJobs.cancel',
      'aiplatform.pipelineJobs.create',
      'aiplatform.pipelineJobs.get',
      'aiplatform.pipelineJobs.list',
    ]);
    expect(rolesOf(stack, 'retrain-shelf-submitter')).toEqual([
      [`projects/my-project/roles/${String(role!.role_id)}`, 'my-project'],
      ['roles/artifactregistry.reader', 'my-project'],
      ['roles/iam.serviceAccountUser', `projects/my-project/serviceAccounts/${TRAINER}`],
      ['roles/logging.logWriter', 'my-project'],
      ['roles/pubsub.publisher', '${google_pubsub_topic.retrain_dead-letter_6B86812A.name}'],
      ['roles/storage.objectCreator', 'staged-files'],
      ['roles/storage.objectViewer', 'staged-files'],
    ]);
  });

  test('a submitter of custom jobs may submit no pipelines', () => {
    expect(resource(of({ job: customJob }), 'google_project_iam_custom_role').permissions).toEqual([
      'aiplatform.customJobs.cancel',
      'aiplatform.customJobs.create',
      'aiplatform.customJobs.get',
      'aiplatform.customJobs.list',
    ]);
  });

  test('the caller starts the workflow, and can do nothing with Vertex AI', () => {
    expect(rolesOf(of(), 'retrain-shelf-caller')).toEqual([
      ['roles/eventarc.eventReceiver', 'my-project'],
      ['roles/workflows.invoker', 'my-project'],
    ]);
  });

  test('the workflow runs as the submitter, the trigger as the caller', () => {
    const stack = of();
    expect(resource(stack, WORKFLOW).service_account).toBe(
      'retrain-shelf-submitter@my-project.iam.gserviceaccount.com',
    );
    expect(resource(stack, 'google_eventarc_trigger').service_account).toBe(
      'retrain-shelf-caller@my-project.iam.gserviceaccount.com',
    );
  });

  test('the workflow waits for every role of the submitter, since a message may come with the first second', () => {
    const stack = of();
    const { resource: made = {} } = synthesized(stack);
    const granted = Object.entries(made)
      .filter(([type]) => type.endsWith('_iam_member'))
      .flatMap(([type, ofType]) =>
        Object.entries(ofType)
          .filter(([, { member }]) =>
            /^serviceAccount:(retrain-shelf-submitter|trainer)@/.test(String(member)),
          )
          .map(([name]) => `${type}.${name}`),
      );
    // Seven of the submitter, and one of the account that the pipeline runs as.
    expect(granted).toHaveLength(8);
    expect([...(resource(stack, WORKFLOW).depends_on as unknown as string[])].sort()).toEqual(granted.sort());
  });

  test('a template of another project is read by the submitter and by the service agent', () => {
    const templateUri = 'https://us-kfp.pkg.dev/shared-project/pipelines/rank/sha256:0f3c';
    const stack = of({ job: { ...pipeline, templateUri } });
    expect(
      resources(stack, 'google_artifact_registry_repository_iam_member').map(
        ({ member, project: owner, location: place, repository }) => [member, owner, place, repository],
      ),
    ).toEqual([
      [
        'serviceAccount:retrain-shelf-submitter@my-project.iam.gserviceaccount.com',
        'shared-project',
        'us',
        'pipelines',
      ],
      [
        'serviceAccount:service-123456789012@gcp-sa-aiplatform-cc.iam.gserviceaccount.com',
        'shared-project',
        'us',
        'pipelines',
      ],
    ]);
  });

  test('accounts of a long name keep to 30 characters and stay two', () => {
    const accounts = resources(of({ name: 'r'.repeat(40) }), 'google_service_account');
    const ids = accounts.map(({ account_id }) => String(account_id));
    expect(ids.map((id) => id.length)).toEqual([30, 30]);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('the source of the workflow', () => {
  test('has no expression of Terraform: each "${" of Workflows is escaped', () => {
    const source = String(resource(of(), WORKFLOW).source_contents);
    expect(source.match(/\$\$\{/g)!.length).toBeGreaterThan(40);
    expect(source.replaceAll('$${', '')).not.toContain('${');
  });

  test.each<[string, Pick<TrainingTriggerProps, 'job'>]>([
    ['a pipeline', { job: pipeline }],
    ['a custom job', { job: customJob }],
  ])('of %s, unescaped, is the workflow that the emulator runs', (_, job) => {
    expect(JSON.parse(sourceOf(of(job)))).toEqual(
      trainingWorkflow({
        projectId: 'my-project',
        location: 'us-central1',
        name: 'retrain-shelf',
        reason: 'learns from the release',
        serviceAccount: TRAINER,
        bucket: 'staged-files',
        deadLetterTopic: 'projects/my-project/topics/retrain-shelf-dead-letter',
        images: [],
        ...job,
        pollSeconds: 60,
        timeoutSeconds: 86_400,
      }),
    );
  });

  test('leaves a reference to Terraform, which knows the network attachment', () => {
    const stack = testStack();
    const attachment = new ComputeNetworkAttachment(stack, 'attachment', {
      name: 'jobs',
      connectionPreference: 'ACCEPT_MANUAL',
      subnetworks: ['jobs'],
    });
    trigger(stack, { networkAttachment: attachment.id });
    const source = String(resource(stack, WORKFLOW).source_contents);
    expect(source.replaceAll('$${', '').match(/\$\{[^}]*\}/g)).toEqual([
      '${google_compute_network_attachment.attachment.id}',
    ]);
  });

  test('looks as often, and gives up as late, as it is told', () => {
    const source = sourceOf(of({ pollSeconds: 30, timeoutSeconds: 3600 }));
    expect(source).toContain('"seconds": 30');
    expect(source).toContain('${round > 120}');
    expect(source).toContain('did not end within 3600 s');
  });

  test.each(['pollSeconds', 'timeoutSeconds'])(
    'is not made of %s that Terraform will know, since the rounds are counted from it',
    (property) => {
      const stack = testStack();
      const seconds = new TerraformVariable(stack, 'seconds', { type: 'number' }).numberValue;
      expect(problems(() => trigger(stack, { [property]: seconds }))).toHaveProperty(property);
    },
  );

  test('of a pipeline', () => {
    expect(sourceOf(of())).toMatchSnapshot();
  });

  test('of a custom job, where it is another', () => {
    const { submit } = JSON.parse(sourceOf(of({ job: customJob }))) as Record<string, unknown>;
    expect(JSON.stringify(submit, undefined, 2)).toMatchSnapshot();
  });

  test('of a custom job takes the image of the deployment, or the one that is named', () => {
    expect(sourceOf(of({ job: customJob }))).toContain('"imageUri": "${what.image}"');
    expect(sourceOf(of({ job: { ...customJob, image: 'r/trainer:v1' } }))).toContain(
      '"imageUri": "r/trainer:v1"',
    );
  });

  test('knows the images that start a training', () => {
    const names = ['us-docker.pkg.dev/my-project/images/shelf'];
    expect(sourceOf(of({ images: { names } })).replaceAll(/\s+/g, '')).toContain(
      '{"wanted":["us-docker.pkg.dev/my-project/images/shelf"]}',
    );
  });
});

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
      'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Retrain").',
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
