import { PIPELINE_RUNNER_PERMISSIONS } from '../../lib/vertex/pipeline-runner';
import { permissions, predefinedRoles, tooWide } from '../granted';
import { addresses, type Json } from '../synth';
import { run } from './run';

const NUMBERS = { dev: '200000000001', staging: '200000000002', prod: '200000000003' };
const stacks = run('vertex-predictions');

describe.each(Object.entries(NUMBERS))('%s', (name, number) => {
  const configuration = stacks[`${name}-predictions`]!;
  const all = (type: string): Json[] => Object.values(configuration.resource?.[type] ?? {});
  const pods = (account: string) =>
    `principal://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/shelf-${name}.svc.id.goog/subject/ns/shelf/sa/${account}`;
  const permissionsOf = (member: string) => {
    const roles = [...all('google_project_iam_member'), ...all('google_vertex_ai_endpoint_iam_member')]
      .filter((each) => String(each.member) === member)
      .map(({ role }) => String(role).split('/').at(-1));
    return all('google_project_iam_custom_role')
      .filter(({ role_id }) => roles.includes(String(role_id)))
      .flatMap((role) => role.permissions as unknown as string[])
      .sort();
  };

  test('gives these permissions and roles, and nothing wide', () => {
    const ofRunner = new Set(PIPELINE_RUNNER_PERMISSIONS);
    const granted = permissions(configuration);
    expect(granted.filter((each) => ofRunner.has(each))).toEqual(PIPELINE_RUNNER_PERMISSIONS);
    expect(granted.filter((each) => !ofRunner.has(each))).toEqual([
      'aiplatform.endpoints.predict',
      'aiplatform.models.get',
      'aiplatform.models.list',
      'aiplatform.pipelineJobs.cancel',
      'aiplatform.pipelineJobs.create',
      'aiplatform.pipelineJobs.list',
      'compute.networkAttachments.get',
      'compute.networkAttachments.update',
      'compute.regionOperations.get',
    ]);
    expect(predefinedRoles(configuration)).toEqual([
      'roles/artifactregistry.reader',
      'roles/eventarc.eventReceiver',
      'roles/iam.serviceAccountUser',
      'roles/logging.logWriter',
      'roles/pubsub.publisher',
      'roles/storage.objectCreator',
      'roles/storage.objectUser',
      'roles/storage.objectViewer',
      'roles/workflows.invoker',
    ]);
    expect(tooWide(configuration)).toEqual([]);
  });

  test('lets the service predict on its endpoint, and do nothing else', () => {
    expect(all('google_vertex_ai_endpoint_iam_member')).toMatchObject([
      {
        endpoint: String(all('google_vertex_ai_endpoint')[0]!.name),
        member: pods('ranker'),
        provider: 'google-beta',
      },
    ]);
    expect(permissionsOf(pods('ranker'))).toEqual(['aiplatform.endpoints.predict']);
    expect(
      all('google_project_iam_member').filter(({ member }) => String(member) === pods('ranker')),
    ).toEqual([]);
  });

  test('lets the trainer submit pipelines and read models, and do nothing else with Vertex AI', () => {
    expect(permissionsOf(pods('trainer'))).toEqual([
      'aiplatform.models.get',
      'aiplatform.models.list',
      'aiplatform.pipelineJobs.cancel',
      'aiplatform.pipelineJobs.create',
      'aiplatform.pipelineJobs.get',
      'aiplatform.pipelineJobs.list',
    ]);
  });

  test('has accounts for jobs, the workflow and its caller, none for pods, and no key', () => {
    expect(
      all('google_service_account')
        .map(({ account_id }) => String(account_id))
        .sort(),
    ).toEqual(['retrain-shelf-caller', 'retrain-shelf-submitter', 'shelf-training']);
    expect(addresses(configuration).filter((address) => address.includes('key.'))).toEqual([]);
  });

  test('knows the service as one who predicts, and the trainer not', () => {
    const filters = all('google_logging_metric').map(({ filter }) => String(filter));
    expect(filters.filter((filter) => filter.includes(`"${pods('ranker')}"`))).toHaveLength(1);
    expect(filters.filter((filter) => filter.includes('/sa/trainer'))).toEqual([]);
  });

  test('names its own project and no other', () => {
    const others = Object.keys(NUMBERS).filter((other) => other !== name);
    for (const other of others) expect(JSON.stringify(configuration)).not.toContain(`shelf-${other}`);
  });

  test(`keeps its logs for ${name === 'prod' ? 400 : 30} days`, () => {
    expect(all('google_logging_project_bucket_config')).toMatchObject([
      { retention_days: name === 'prod' ? 400 : 30 },
    ]);
  });
});

test('a Deployment that starts a training is one that the example makes', () => {
  const { resource } = stacks['dev-predictions']!;
  const [sink] = Object.values(resource!.google_logging_project_sink!).filter(({ name }) =>
    String(name).startsWith('retrain'),
  );
  const [deployment] = Object.values(resource!.kubernetes_deployment_v1!);
  expect(String(sink!.filter)).toContain('labels."retrain"="shelf"');
  expect(deployment!.metadata!.labels).toMatchObject({ retrain: 'shelf' });
});
