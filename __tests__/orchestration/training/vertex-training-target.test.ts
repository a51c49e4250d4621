import type { TerraformStack } from 'cdktf';
import { PIPELINE_RUNNER_PERMISSIONS } from '../../../lib/vertex/pipeline-runner';
import { VertexTrainingTarget } from '../../../lib/orchestration/training/vertex-training-target';
import { permissions, tooWide } from '../../granted';
import { refusal, resources, synthesized, type Json } from '../../synth';
import { TRAINER } from '../../vertex/fixtures';
import { account, orchestrationStack } from '../fixtures';
import { madeBy, orchestrator, statements } from '../triggers/fixtures';
import { propsOf, step, target } from './fixtures';

const ROLE = 'arn:aws:iam::210987654321:role/train-training-caller';
const alias = (name: string) => `arn:aws:lambda:eu-west-1:210987654321:function:${name}:live`;

const settings = (stack: TerraformStack) =>
  resources(stack, 'aws_lambda_function').map(
    ({ environment }) => JSON.parse(String(environment!.variables!.TRAINING_TARGET)) as Json,
  );

describe('a target of trainings', () => {
  test('is two functions and a role that Google lets in', () => {
    const stack = orchestrationStack();
    expect(target(stack)).toMatchObject({
      kind: 'customJob',
      functionArn: alias('train-training'),
      cleanupFunctionArn: alias('train-training-cleanup'),
    });
    expect(madeBy(stack, 'train')).toMatchSnapshot();
  });

  test('may submit what it is for, as the account it names, and holds no role that is wider', () => {
    const granted = (kind: 'customJob' | 'pipelineJob') => {
      const stack = orchestrationStack();
      target(stack, { kind });
      expect(tooWide(synthesized(stack))).toEqual([]);
      const actAs = resources(stack, 'google_service_account_iam_member');
      expect(actAs.map(({ role, service_account_id }) => [role, service_account_id])).toContainEqual([
        expect.stringContaining('roles/') as string,
        `projects/my-project/serviceAccounts/${TRAINER}`,
      ]);
      return permissions(synthesized(stack));
    };
    expect(granted('customJob')).toMatchInlineSnapshot(`
     [
       "aiplatform.customJobs.cancel",
       "aiplatform.customJobs.create",
       "aiplatform.customJobs.get",
       "aiplatform.customJobs.list",
     ]
    `);
    const submitter = ['cancel', 'create', 'get', 'list'].map((verb) => `aiplatform.pipelineJobs.${verb}`);
    expect(granted('pipelineJob')).toEqual(
      [...new Set([...submitter, ...PIPELINE_RUNNER_PERMISSIONS])].sort(),
    );
  });

  test('reads templates of pipelines, and so does the service agent those of another project', () => {
    const stack = orchestrationStack();
    const repository = { project: 'shared-project', location: 'us', repositoryId: 'pipelines' };
    target(stack, { kind: 'pipelineJob', templateRepositories: [repository] });
    const readers = resources(stack, 'google_artifact_registry_repository_iam_member');
    expect(readers.map(({ member, repository: id }) => [member, id])).toEqual([
      [expect.stringMatching(/^principalSet:.*assumed-role\/train-training-caller$/), 'pipelines'],
      [
        expect.stringMatching(/^serviceAccount:service-\d+@gcp-sa-aiplatform-cc\.iam\.gserviceaccount\.com$/),
        'pipelines',
      ],
    ]);
    expect(
      refusal(() => target(orchestrationStack(), { templateRepositories: [repository] })).message,
    ).toMatch(
      /: templateRepositories must be omitted for a target of custom jobs \(got .*\)\. Omit it, or set kind to "pipelineJob"\.$/,
    );
  });

  test('its functions may take on its role, whose sessions are named after runs, and which may do nothing', () => {
    const stack = orchestrationStack();
    target(stack);
    const assumed = statements(stack, 'train').filter(({ Action }) => String(Action) === 'sts:AssumeRole');
    expect(assumed.map(({ Resource }) => Resource)).toEqual([[ROLE], [ROLE]]);
    expect(resources(stack, 'aws_iam_role_policy').map(({ name }) => name)).toEqual(['function', 'function']);
    const role = resources(stack, 'aws_iam_role').find(({ name }) => ROLE.endsWith(`/${String(name)}`))!;
    expect(JSON.parse(String(role.assume_role_policy))).toMatchObject({
      Statement: [
        {
          Principal: {
            AWS: [
              'arn:aws:iam::210987654321:role/train-training',
              'arn:aws:iam::210987654321:role/train-training-cleanup',
            ],
          },
          Condition: { StringLike: { 'sts:RoleSessionName': expect.any(Array) as string[] } },
        },
      ],
    });
  });

  test('both functions are told the same, and no secret', () => {
    const stack = orchestrationStack();
    target(stack, { networkAttachment: 'projects/my-project/regions/us-central1/networkAttachments/vpc' });
    const [submit, cleanup] = settings(stack);
    expect(submit).toEqual(cleanup);
    expect(submit).toMatchInlineSnapshot(`
     {
       "bucket": "staged-files",
       "credentials": {
         "audience": "//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/aws-roles/providers/aws-210987654321",
         "credential_source": {
           "environment_id": "aws1",
           "regional_cred_verification_url": "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
         },
         "subject_token_type": "urn:ietf:params:aws:token-type:aws4_request",
         "token_url": "https://sts.googleapis.com/v1/token",
         "type": "external_account",
       },
       "endpoint": "https://us-central1-aiplatform.googleapis.com",
       "kind": "customJobs",
       "location": "us-central1",
       "name": "train",
       "networkAttachment": "projects/my-project/regions/us-central1/networkAttachments/vpc",
       "project": "my-project",
       "reason": "trains the recommender",
       "roleArn": "arn:aws:iam::210987654321:role/train-training-caller",
       "runAs": "trainer@my-project.iam.gserviceaccount.com",
     }
    `);
    const pipelines = orchestrationStack();
    target(pipelines, { kind: 'pipelineJob' });
    expect(settings(pipelines)[0]).toMatchObject({ kind: 'pipelineJobs' });
    expect(settings(pipelines)[0]).not.toHaveProperty('networkAttachment');
  });

  test('is waited for with its role and its access, and its jobs are cleaned up after', () => {
    const stack = orchestrationStack();
    const train = target(stack);
    const awaited = train.dependenciesIn(stack).map(({ node }) => node.path.split('/').slice(2, 5).join('/'));
    expect(awaited).toEqual(
      expect.arrayContaining(['functions/submit/alias', 'functions/cleanup/alias', 'functions/role']),
    );
    expect(awaited.filter((path) => path.startsWith('access/')).length).toBeGreaterThan(0);
    orchestrator(stack, { definition: step({ target: train }) });
    expect(statements(stack, 'nightly')[0]).toMatchObject({ Resource: [alias('train-training')] });
    const cleanup = statements(stack, 'nightly').find(({ Sid }) => String(Sid) === 'InvokeCleanupFunctions');
    expect(cleanup).toMatchObject({ Resource: [alias('train-training-cleanup')] });
  });

  test.each<[string, object, string]>([
    [
      'of a name in capitals',
      { name: 'Train' },
      'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Train"). Use "train".',
    ],
    [
      'of an account that is not that of the federation',
      { account: { ...account, id: '123456789012' } },
      'account.id must be the account of the federation (210987654321) (got "123456789012"). Use a federation of this account.',
    ],
    [
      'of no federation',
      { federation: {} },
      'federation must be an AwsToGoogleFederation or AwsToGoogleFederation.fromAttributes(…) (got {}).',
    ],
    ['in no project', { project: undefined }, 'project is required. Set it here or with Defaults.of(scope).'],
    [
      'in a zone',
      { location: 'us-central1-a' },
      'location must be a region, for example "us-central1" (got "us-central1-a"). Use "us-central1".',
    ],
    [
      'that runs as a word',
      { runAs: 'trainer' },
      'runAs must be a VertexTrainingIdentity or VertexTrainingIdentity.fromAttributes(…) (got "trainer").',
    ],
    ['of both kinds', { kind: 'both' }, 'kind must be one of "customJob", "pipelineJob" (got "both").'],
    [
      'of a network by its name',
      { networkAttachment: 'vpc' },
      'networkAttachment must be a network attachment of the form projects/PROJECT/regions/REGION/networkAttachments/NAME (got "vpc").',
    ],
    [
      'with memory of a toy',
      { memoryMb: 1 },
      'memoryMb must be a whole number from 128 to 10240 (got 1). Use at least 128.',
    ],
    [
      'with a log for ever',
      { logRetentionDays: 0 },
      'logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 0). Use 1.',
    ],
    [
      'with a key that is no ARN',
      { kmsKeyArn: 'mine' },
      'kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "mine").',
    ],
    [
      'with no concurrency',
      { reservedConcurrency: 0 },
      'reservedConcurrency must be a whole number from 1 to 1000 (got 0). Use at least 1.',
    ],
    [
      'with a provider of another cloud',
      { awsProvider: {} },
      'awsProvider must be a provider of aws (got {}).',
    ],
    ['with another of them', { googleProvider: {} }, 'googleProvider must be a provider of google (got {}).'],
    ['for no reason', { reason: undefined }, 'reason is required. Set it here or with Defaults.of(scope).'],
    [
      'with a property that does not exist',
      { region: 'us-central1' },
      'region is not a property. Did you mean "reason"?',
    ],
  ])('%s is refused, and leaves nothing behind', (_, props, message) => {
    const stack = orchestrationStack();
    const all = { ...propsOf(stack), ...props };
    const before = Object.keys(stack.node.children).length;
    const make = () => new VertexTrainingTarget(stack, 'train', all);
    expect(refusal(make).message).toBe(`prod/train: ${message}`);
    expect(stack.node.children).toHaveLength(before);
  });
});
