import type { TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/aws-to-google-federation';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { Retrier, State, States } from '../../../lib/orchestration/state-machine/states';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { VertexTrainingStep } from '../../../lib/orchestration/training/vertex-training-step';
import type { VertexTrainingStepProps } from '../../../lib/orchestration/training/vertex-training-step-props';
import { VERTEX_ERRORS } from '../../../lib/contracts/training-errors';
import { PIPELINE_RUNNER_PERMISSIONS } from '../../../lib/vertex/pipeline-runner';
import { VertexTrainingTarget } from '../../../lib/orchestration/training/vertex-training-target';
import type { VertexTrainingTargetProps } from '../../../lib/orchestration/training/vertex-training-target-props';
import { VertexJob } from '../../../lib/orchestration/training/vertex-job';
import { permissions, tooWide } from '../../granted';
import { refusal, resources, synthesized, type Json } from '../../synth';
import { existingTraining, TRAINER } from '../../vertex/fixtures';
import { account, orchestrationStack, project } from '../fixtures';
import { madeBy, orchestrator, statements } from '../triggers/fixtures';

const ROLE = 'arn:aws:iam::210987654321:role/train-training-caller';
const alias = (name: string) => `arn:aws:lambda:eu-west-1:210987654321:function:${name}:live`;

const propsOf = (stack: TerraformStack): VertexTrainingTargetProps => ({
  name: 'train',
  account,
  federation: new AwsToGoogleFederation(stack, 'federation', {
    project,
    account,
    poolId: 'aws-roles',
    reason: 'lets state machines train',
  }),
  project,
  location: 'us-central1',
  runAs: existingTraining(stack),
  kind: 'customJob',
  reason: 'trains the recommender',
  owner: 'team-ml',
});
const target = (stack: TerraformStack, props: Partial<VertexTrainingTargetProps> = {}) =>
  new VertexTrainingTarget(stack, 'train', { ...propsOf(stack), ...props });
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
      cleanupDeadLetterQueueName: 'train-training-cleanup-failed',
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
      'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Train").',
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
    ['with memory of a toy', { memoryMb: 1 }, 'memoryMb must be a whole number from 128 to 10240 (got 1).'],
    [
      'with a log for ever',
      { logRetentionDays: 0 },
      'logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 0). Use 1.',
    ],
    [
      'with an action that is no ARN',
      { alarmActions: ['me'] },
      'alarmActions[0] must be an ARN, for example of an SNS topic (got "me").',
    ],
    [
      'with a key that is no ARN',
      { kmsKeyArn: 'mine' },
      'kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "mine").',
    ],
    [
      'with no concurrency',
      { reservedConcurrency: 0 },
      'reservedConcurrency must be a whole number from 1 to 1000 (got 0).',
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

const IMAGE = `us-docker.pkg.dev/my-project/ml/train@sha256:${'a'.repeat(64)}`;
const custom = target(orchestrationStack());
const pipelines = target(orchestrationStack(), { kind: 'pipelineJob' });
const customJob = VertexJob.custom({ image: IMAGE, machineType: 'n1-standard-8' });
const TEMPLATE = 'https://us-central1-kfp.pkg.dev/my-project/pipelines/train/v1';
const pipeline = VertexJob.pipeline({ templateUri: TEMPLATE });

function step(props: Partial<VertexTrainingStepProps> = {}) {
  return new VertexTrainingStep('Train', { target: custom, job: customJob, ...props });
}
const statesOf = (props: Partial<VertexTrainingStepProps> = {}) =>
  StateMachineDefinition.fromSteps(step(props)).states.States;
const inner = (props: Partial<VertexTrainingStepProps> = {}) =>
  (statesOf(props).Train!.Branches as { States: States }[])[0]!.States;
const jobOf = (props: Partial<VertexTrainingStepProps> = {}) =>
  (inner(props)['Train: attempt']!.Parameters as { job: State }).job;

describe('a training', () => {
  test('is submitted, and looked at until it is over', () => {
    expect(statesOf()).toMatchSnapshot();
    const chain = step();
    for (const error of Object.values(VERTEX_ERRORS)) chain.catch(error, new SucceedStep(`On ${error}`));
    expect(definitionProblems(StateMachineDefinition.fromSteps(chain).states)).toEqual([]);
  });

  test('of one container says all that was said of it', () => {
    expect(
      jobOf({
        job: {
          ...customJob,
          gpus: { type: 'NVIDIA_L4', count: 2 },
          machines: 3,
          command: ['python'],
          argsPath: "States.Array('--day', $.day)",
          environment: { MODE: 'full', 'DAY.$': '$.day' },
        },
        deadlineSeconds: 7_200,
      }),
    ).toMatchInlineSnapshot(`
     {
       "scheduling": {
         "timeout": "7200s",
       },
       "workerPoolSpecs": [
         {
           "containerSpec": {
             "args.$": "States.Array('--day', $.day)",
             "command": [
               "python",
             ],
             "env": [
               {
                 "name": "MODE",
                 "value": "full",
               },
               {
                 "name": "DAY",
                 "value.$": "$.day",
               },
             ],
             "imageUri": "us-docker.pkg.dev/my-project/ml/train@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
           },
           "machineSpec": {
             "acceleratorCount": 2,
             "acceleratorType": "NVIDIA_L4",
             "machineType": "n1-standard-8",
           },
           "replicaCount": "3",
         },
       ],
     }
    `);
    expect(jobOf({ job: { ...customJob, args: ['--fast'] } })).toMatchObject({
      scheduling: { timeout: '86400s' },
      workerPoolSpecs: [{ replicaCount: '1', containerSpec: { args: ['--fast'], env: [] } }],
    });
  });

  test('of a pipeline names its template and parameters', () => {
    const props = {
      target: pipelines,
      job: { ...pipeline, parameters: { 'day.$': '$.day', epochs: 3 } },
    };
    expect(jobOf(props)).toEqual({
      templateUri: TEMPLATE,
      runtimeConfig: { parameterValues: { 'day.$': '$.day', epochs: 3 } },
    });
    expect(definitionProblems(StateMachineDefinition.fromSteps(step(props)).states)).toEqual([]);
  });

  test.each<[Partial<VertexTrainingStepProps>, string, number]>([
    [{}, '86400s', 90_000],
    [{ deadlineSeconds: 600 }, '600s', 4_200],
    [{ timeoutSeconds: 7_200 }, '7200s', 7_200],
    [{ deadlineSeconds: 600, timeoutSeconds: 700 }, '600s', 700],
  ])('has its time, and the step some more: %j', (props, timeout, timeoutSeconds) => {
    expect(jobOf(props)).toMatchObject({ scheduling: { timeout } });
    expect(inner(props)['Train: poll']!.Parameters).toMatchObject({ timeoutSeconds });
    expect(step(props).requirements()).toMatchObject({ maxSeconds: timeoutSeconds, targets: [custom] });
  });

  test('of a pipeline may be given up within a day', () => {
    const props = { target: pipelines, job: pipeline, timeoutSeconds: 3_600 };
    expect(inner(props)['Train: poll']!.Parameters).toMatchObject({ timeoutSeconds: 3_600 });
    expect(step(props).requirements().maxSeconds).toBe(3_600);
  });

  test('is tried again when there are no machines, and otherwise as is said', () => {
    const names = (props: Partial<VertexTrainingStepProps>) =>
      (statesOf(props).Train!.Retry as Retrier[]).map(({ ErrorEquals, MaxAttempts }) => [
        ErrorEquals,
        MaxAttempts,
      ]);
    expect(names({})).toEqual([[['Vertex.Unschedulable'], 3]]);
    expect(
      names({
        retry: { 'States.ALL': { attempts: 1 }, 'Vertex.Unschedulable': { attempts: 0 } },
        acknowledge: { overlappingJobs: 'the second takes the place of the first' },
      }),
    ).toEqual([
      [['Vertex.Unschedulable'], 0],
      [['States.ALL'], 1],
    ]);
  });

  test('gives on what was chosen of its result', () => {
    const props = { resultSelector: { 'files.$': '$.outputUri' }, resultPath: '$.model' };
    expect(inner(props)['Train: result']).toMatchObject({ Parameters: { 'files.$': '$.outputUri' } });
    const chain = step(props).next(new PassStep('Deploy'));
    expect(StateMachineDefinition.fromSteps(chain).states.States.Train).toMatchObject({
      ResultSelector: { 'files.$': "$[0]['files']" },
      ResultPath: '$.model',
      Next: 'Deploy',
    });
  });

  test.each<[string, object, string]>([
    ['without a target', { target: {} }, 'target must be a VertexTrainingTarget (got {}).'],
    [
      'of the other kind',
      { target: pipelines },
      'job must be the kind of job that the target "train" submits (pipelineJob) (got "customJob"). Use VertexJob.pipeline(…), or another target.',
    ],
    [
      'of the other kind for custom jobs',
      { job: pipeline },
      'job must be the kind of job that the target "train" submits (customJob) (got "pipelineJob"). Use VertexJob.custom(…), or another target.',
    ],
    [
      'of no kind',
      { job: { image: IMAGE } },
      'job must be VertexJob.custom(…) or VertexJob.pipeline(…) (got {"image":"us-docker.pkg.dev/my-project/ml/train@sha256:aaaaaaaaaaaaaaaaaaaaaaaaa… (121 characters)).',
    ],
    [
      'without a job',
      { job: undefined },
      'job is required. It must be VertexJob.custom(…) or VertexJob.pipeline(…).',
    ],
    [
      'of an image by its tag',
      { job: { ...customJob, image: 'r/train:v1' } },
      'job.image must be an image with a digest, because a tag can point to another image later (got "r/train:v1"). Use REPOSITORY@sha256:…, or set acknowledge.imageByTag to the reason.',
    ],
    [
      'on a machine that is none',
      { job: { ...customJob, machineType: 'big' } },
      'job.machineType must be a machine type, for example "n1-standard-8" (got "big").',
    ],
    [
      'on no machines',
      { job: { ...customJob, machines: 0 } },
      'job.machines must be a whole number from 1 to 1000 (got 0).',
    ],
    [
      'with GPUs in lower case',
      { job: { ...customJob, gpus: { type: 'nvidia-l4', count: 1 } } },
      'job.gpus.type must be an accelerator type, for example "NVIDIA_L4" (got "nvidia-l4").',
    ],
    [
      'with seventeen GPUs',
      { job: { ...customJob, gpus: { type: 'NVIDIA_L4', count: 17 } } },
      'job.gpus.count must be a whole number from 1 to 16 (got 17).',
    ],
    [
      'with arguments of two kinds',
      { job: { ...customJob, args: ['a'], argsPath: '$.args' } },
      'job.argsPath must be omitted when args is set (got "$.args"). Omit args.',
    ],
    [
      'with a variable that is none',
      { job: { ...customJob, environment: { 'A-B': 'c' } } },
      'the name "A-B" in job.environment must have letters, digits and "_"; ".$" at the end marks the value as a path (got "A-B").',
    ],
    [
      'of a template in a bucket, which only client libraries read',
      { target: pipelines, job: { ...pipeline, templateUri: 'gs://templates/train.json' } },
      'job.templateUri must be a template in Artifact Registry, https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG, or sha256:DIGEST in place of the tag (got "gs://templates/train.json"). Upload the file to a repository of the format KFP.',
    ],
    [
      'of a template on a disk',
      { target: pipelines, job: { ...pipeline, templateUri: 'train.json' } },
      'job.templateUri must be a template in Artifact Registry, https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG, or sha256:DIGEST in place of the tag (got "train.json").',
    ],
    [
      'of a pipeline with a deadline',
      { target: pipelines, job: pipeline, deadlineSeconds: 600 },
      'deadlineSeconds must be omitted for a pipeline job, which has no deadline (got 600). Set timeoutSeconds.',
    ],
    [
      'with a name for success',
      { exitCodes: { 0: 'Fine' } },
      'the name "0" in exitCodes must be an exit code from 1 to 255 (got "0"). Exit code 0 means success; return other outcomes in the result.',
    ],
    [
      'with a name for code 256',
      { exitCodes: { 256: 'No' } },
      'the name "256" in exitCodes must be an exit code from 1 to 255 (got "256").',
    ],
    [
      'that is given up before its deadline',
      { deadlineSeconds: 7_200, timeoutSeconds: 3_600 },
      'deadlineSeconds must not exceed timeoutSeconds of the step (3600) (got 7200). Set a shorter time-out of the job or a longer timeoutSeconds.',
    ],
    [
      'of more than a week',
      { deadlineSeconds: 604_801 },
      'deadlineSeconds must be a whole number from 60 to 604800 (got 604801).',
    ],
    [
      'of no time',
      { timeoutSeconds: 59 },
      'timeoutSeconds must be a whole number from 60 to 31536000 (got 59).',
    ],
    [
      'that is looked at without a pause',
      { poll: { initialSeconds: 0 } },
      'poll.initialSeconds must be a whole number from 1 to 3600 (got 0).',
    ],
    [
      'that is tried again in vain',
      { retry: { 'Vertex.Forbidden': { attempts: 1 } } },
      'retry["Vertex.Forbidden"] must not be a retry of this error, because another job would end in the same way (got {"attempts":1}). Use catch.',
    ],
    [
      'that is tried again where it may still run',
      { retry: { 'States.ALL': { attempts: 1 } } },
      'retry["States.ALL"] must not be retried without an acknowledgement, because the first job can still run beside the next (got {"attempts":1}). List errors that end the job, or set acknowledge.overlappingJobs to the reason why two are harmless.',
    ],
    [
      'with a result path that is none',
      { resultPath: 'model' },
      'resultPath must be a reference path to one field, for example "$.extract" (got "model").',
    ],
    [
      'with a property that does not exist',
      { image: IMAGE },
      'image is not a property. The properties are: target, job, exitCodes, retry, deadlineSeconds, timeoutSeconds, poll, resultSelector, resultPath, acknowledge.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => step(props)).message).toBe(`VertexTrainingStep "Train": ${message}`);
  });

  test('an image by its tag is taken for a reason', () => {
    const acknowledge = { imageByTag: 'be built within this execution' };
    expect(() => step({ job: { ...customJob, image: 'r/train:v1' }, acknowledge })).not.toThrow();
  });
});
