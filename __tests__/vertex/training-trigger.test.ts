import { type TerraformStack } from 'cdktf';
import { resource, resources, synthesized, testStack } from '../synth';
import { TRAINER } from './fixtures';
import { WORKFLOW, customJob, deploymentsOf, of, pipeline, trigger } from './training-trigger-fixtures';

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
        '//': { reason: 'learns from the release' },
        lifecycle: { create_before_destroy: true },
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
