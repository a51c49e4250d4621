import type { TerraformStack } from 'cdktf';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { GkeToAwsRole } from '../../../lib/identity/gke-to-aws-role';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import type { GkeJobTarget } from '../../../lib/orchestration/jobs/gke-job-target';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import type { StepFunctionsOrchestratorProps } from '../../../lib/orchestration/state-machine/step-functions-orchestrator-props';
import { ApprovalStep } from '../../../lib/orchestration/state-machine/steps/approval-step';
import { DistributedMapStep } from '../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { TaskStep } from '../../../lib/orchestration/state-machine/steps/task-step';
import { WaitStep } from '../../../lib/orchestration/state-machine/steps/wait-step';
import { byAddress, refusal, resource, resources, sibling, withAws, type Json } from '../../synth';
import { account, IMAGE, orchestrationStack, platform, project, target } from '../fixtures';
import { madeBy, orchestrator, statements } from '../triggers/fixtures';

const MACHINE = 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly';
const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:count:live';
const aliasOf = (name: string) => `arn:aws:lambda:eu-west-1:210987654321:function:${name}:live`;
const job = (etl: GkeJobTarget, name = 'Extract') => new GkeJobStep(name, { target: etl, image: IMAGE });
const machine = (stack: TerraformStack, props: Partial<StepFunctionsOrchestratorProps> = {}) => {
  orchestrator(stack, props);
  return stack;
};
const definitionIn = (stack: TerraformStack) =>
  JSON.parse(
    String(
      resources(stack, 'aws_sfn_state_machine').find(({ name }) => !String(name).endsWith('-cleanup'))!
        .definition,
    ),
  ) as {
    TimeoutSeconds: number;
    StartAt: string;
    States: Record<string, Json>;
  };

test('a state machine is its role, its log, a version with an alias, alarms, and a clean-up of its Jobs', () => {
  const stack = orchestrationStack();
  orchestrator(stack, { definition: job(target(stack)) });
  const made = madeBy(stack, 'nightly');
  const { definition, ...rest } = made[Object.keys(made).find((name) => /^aws_sfn_state/.test(name))!]!;
  expect(rest).toMatchInlineSnapshot(`
   {
     "//": {
       "owner": "team-data",
       "reason": "loads the warehouse",
     },
     "depends_on": [
       "aws_iam_role_policy.nightly_policy_0E1D89A4",
       "kubernetes_role_binding_v1.etl_kubernetes-role-binding_DDAFEF3D",
       "aws_lambda_alias.etl_functions_submit_alias_BB72684E",
       "aws_lambda_alias.etl_functions_cleanup_alias_F043151F",
       "aws_iam_role.etl_functions_role_09D03B73",
       "google_project_iam_member.etl_identity_account_prod_etl_identity_role_3bc1a4dc-on-custom-role-prod_etl_identity_role_3bc1a4dc-b86733b2_7F57A9B7",
       "google_service_account_iam_member.etl_identity_federated-role_iamworkloadIdentityUser-on-service-account-etl-gke-jobsmy-projectiamgserviceaccountcom-1adb6040_E6C82A42",
     ],
     "logging_configuration": {
       "include_execution_data": false,
       "level": "ALL",
       "log_destination": "\${aws_cloudwatch_log_group.nightly_log_C8F9B80D.arn}:*",
     },
     "name": "nightly",
     "publish": true,
     "role_arn": "\${aws_iam_role.nightly_role_EECD995E.arn}",
     "tracing_configuration": {
       "enabled": true,
     },
     "type": "STANDARD",
   }
  `);
  expect(definition).toMatchObject({
    Comment: 'loads the warehouse (owner: team-data)',
    TimeoutSeconds: 86_400,
    StartAt: 'Extract',
  });
  const others = Object.entries(made).filter(([address]) => !address.startsWith('aws_sfn_state_machine.'));
  expect(Object.fromEntries(others)).toMatchSnapshot();
});

describe('least privilege', () => {
  test('the role invokes the aliases of the targets that its steps name, and no others', () => {
    const stack = orchestrationStack();
    const shared = platform(stack);
    const [etl, load] = ['etl', 'load', 'unused'].map((name) => target(stack, { ...shared, name }, name));
    orchestrator(stack, {
      definition: job(load!, 'Load').next(job(etl!)).next(job(etl!, 'Again')),
    });
    const [invoke, ...rest] = statements(stack, 'nightly').filter(
      ({ Sid }) => String(Sid) !== 'InvokeCleanupFunctions',
    );
    expect(invoke).toEqual({
      Sid: 'InvokeTargets',
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction'],
      Resource: [aliasOf('etl-gke-jobs'), aliasOf('load-gke-jobs')],
    });
    expect(JSON.stringify(rest)).not.toContain('lambda:');
  });

  test('on every resource it may what AWS asks for, to deliver logs and traces', () => {
    const stack = machine(orchestrationStack(), {
      definition: new LambdaStep('Count', { functionArn: FUNCTION }),
    });
    const everywhere = statements(stack, 'nightly').filter(({ Resource }) =>
      (Resource as unknown as string[]).includes('*'),
    );
    expect(everywhere.map(({ Sid }) => Sid)).toEqual(['DeliverLog', 'WriteTraces']);
    for (const { Action } of everywhere) {
      for (const action of Action as unknown as string[]) {
        expect(action).toMatch(/^(logs|xray):[A-Za-z]+$/);
      }
    }
    expect(statements(stack, 'nightly').map(({ Action }) => Action)).toContainEqual([
      'lambda:InvokeFunction',
    ]);
  });

  test('Step Functions acts as the role for this state machine alone', () => {
    const role = Object.values(madeBy(machine(orchestrationStack()), 'nightly')).find(
      (each) => each.assume_role_policy !== undefined,
    )!;
    expect(role.assume_role_policy!.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '210987654321' },
          ArnLike: { 'aws:SourceArn': [MACHINE, `${MACHINE}:*`, `${MACHINE}/*`] },
        },
      },
    ]);
  });

  test('items of a Distributed Map are executions of this state machine, and of no other', () => {
    const stack = machine(orchestrationStack(), {
      definition: new DistributedMapStep('Files', { itemsPath: '$.files', item: new PassStep('File') }),
      timeoutSeconds: 3_600,
    });
    const items = statements(stack, 'nightly').filter(({ Sid }) => /ChildExecutions$/.test(String(Sid)));
    expect(items).toEqual([
      {
        Sid: 'StartChildExecutions',
        Effect: 'Allow',
        Action: ['states:StartExecution'],
        Resource: [MACHINE],
      },
      {
        Sid: 'FollowChildExecutions',
        Effect: 'Allow',
        Action: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
        Resource: [
          'arn:aws:states:eu-west-1:210987654321:execution:nightly:*',
          'arn:aws:states:eu-west-1:210987654321:execution:nightly/*',
        ],
      },
    ]);
    const without = statements(machine(orchestrationStack()), 'nightly');
    expect(without.map(({ Sid }) => Sid)).toEqual(['DeliverLog', 'WriteTraces']);
  });

  test('what steps inside of others ask for is allowed too, and what two of them ask for once', () => {
    const count = (name: string) => new LambdaStep(name, { functionArn: FUNCTION });
    const stack = machine(orchestrationStack(), {
      definition: new ParallelStep('Both', { branches: [count('Left'), count('Right')] }).catch(
        'NoRows',
        new LambdaStep('Repair', { functionArn: FUNCTION.replace('count', 'repair') }),
      ),
    });
    const invoked = statements(stack, 'nightly').filter(({ Action }) =>
      (Action as unknown as string[]).includes('lambda:InvokeFunction'),
    );
    expect(invoked.map(({ Resource }) => Resource)).toEqual([
      [FUNCTION],
      [FUNCTION.replace('count', 'repair')],
    ]);
  });

  test('more is allowed where somebody says so, and why stands beside it', () => {
    const stack = machine(orchestrationStack(), {
      statements: [
        {
          sid: 'Notify',
          actions: ['sns:Publish'],
          resources: ['arn:aws:sns:eu-west-1:210987654321:done'],
          reason: 'tells the team',
        },
      ],
    });
    const policy = Object.values(madeBy(stack, 'nightly')).find((each) => each.policy !== undefined)!;
    expect(policy.policy!.Statement).toContainEqual({
      Sid: 'Notify',
      Effect: 'Allow',
      Action: ['sns:Publish'],
      Resource: ['arn:aws:sns:eu-west-1:210987654321:done'],
    });
    expect(policy['//']).toEqual({ statements: [{ sid: 'Notify', reason: 'tells the team' }] });
  });
});

describe('pods that report', () => {
  function reporting(chain: (step: GkeJobStep) => StepFunctionsOrchestratorProps['definition']) {
    const stack = orchestrationStack();
    const role = new GkeToAwsRole(stack, 'pod-role', {
      cluster: GkeCluster.fromAttributes(stack, 'pods', { project, name: 'pods', location: 'us-central1' }),
      account,
      namespace: 'etl',
      serviceAccountName: 'etl',
      roleName: 'etl-pods',
      reason: 'reports',
    });
    const step = new GkeJobStep('Extract', {
      target: target(stack, { callbacks: true }),
      image: IMAGE,
      awsRole: role,
    }).waitForCallback({ heartbeatSeconds: 60 });
    orchestrator(stack, { definition: chain(step), timeoutSeconds: 604_800 });
    return statements(stack, 'pod-role');
  }

  test('may report to this state machine', () => {
    expect(reporting((step) => step)).toEqual([
      {
        Effect: 'Allow',
        Action: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
        Resource: [MACHINE],
      },
    ]);
  });

  test('may report to the items of its Distributed Map', () => {
    const [statement] = reporting((item) => new DistributedMapStep('Files', { itemsPath: '$.files', item }));
    expect(statement!.Resource).toEqual([MACHINE, `${MACHINE}/*`]);
  });
});

describe('an execution ends', () => {
  const seconds = (props: Partial<StepFunctionsOrchestratorProps>) =>
    definitionIn(machine(orchestrationStack(), props)).TimeoutSeconds;
  const waits = (length: number) => new WaitStep('Wait', { seconds: length });

  test.each<[string, Partial<StepFunctionsOrchestratorProps>, number]>([
    ['after a day, where its steps take less', { definition: waits(60) }, 86_400],
    ['after twice their time and an hour, where they take more', { definition: waits(100_000) }, 203_600],
    ['after a year at the latest', { definition: waits(31_536_000) }, 31_536_000],
    ['when it is said', { definition: waits(60), timeoutSeconds: 61 }, 61],
    ['after five minutes, of an Express one', { definition: waits(60), type: 'EXPRESS' }, 300],
  ])('%s', (_, props, expected) => {
    expect(seconds(props)).toBe(expected);
  });

  test('when a text says so', () => {
    const text = '{"StartAt":"A","TimeoutSeconds":77,"States":{"A":{"Type":"Succeed"}}}';
    expect(seconds({ definition: StateMachineDefinition.fromString(text) })).toBe(77);
    expect(seconds({ definition: StateMachineDefinition.fromString(text), timeoutSeconds: 88 })).toBe(88);
  });
});

describe('a definition by hand', () => {
  const text = JSON.stringify({
    Comment: 'a literal $${x} stays',
    StartAt: 'Call',
    States: { Call: { Type: 'Task', Resource: '${Submit}', TimeoutSeconds: 5, End: true } },
  });

  test('comes from a file, and its targets are invoked and cleaned up after', () => {
    const folder = mkdtempSync(join(tmpdir(), 'asl-'));
    const file = join(folder, 'nightly.asl.json');
    writeFileSync(file, text);
    const stack = orchestrationStack();
    const etl = target(stack);
    orchestrator(stack, {
      definition: StateMachineDefinition.fromFile(file, {
        substitutions: { Submit: etl.functionArn },
        targets: [etl],
      }),
    });
    rmSync(folder, { recursive: true });
    expect(definitionIn(stack).States.Call!.Resource).toBe(aliasOf('etl-gke-jobs'));
    expect(statements(stack, 'nightly')[0]!.Resource).toEqual([aliasOf('etl-gke-jobs')]);
    expect(resources(stack, 'aws_cloudwatch_event_target')).toHaveLength(1);
    // What a text says to people goes with it, and Terraform reads no expression in it.
    const machines = resources(stack, 'aws_sfn_state_machine').map(({ definition }) => String(definition));
    expect(machines.join()).toContain('a literal $${x} stays');
  });

  test('has values put in as text, whatever is in them', () => {
    const { states } = StateMachineDefinition.fromString(
      '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":"${Words}","End":true}}}',
      { substitutions: { Words: 'say "no"\\\n' } },
    );
    expect(states.States.A!.Result).toBe('say "no"\\\n');
  });
});

test('an Express state machine has no Jobs to clean up, and says its kind', () => {
  const stack = machine(orchestrationStack(), {
    type: 'EXPRESS',
    definition: new LambdaStep('Count', { functionArn: FUNCTION }),
    logExecutionData: true,
  });
  expect(resource(stack, 'aws_sfn_state_machine')).toMatchObject({
    type: 'EXPRESS',
    logging_configuration: { level: 'ALL', include_execution_data: true },
  });
  expect(Object.keys(byAddress(stack)).filter((address) => /event_rule|sqs/.test(address))).toEqual([]);
});

test('names of the longest state machine fit, and two that begin alike stay two', () => {
  const stack = orchestrationStack();
  const etl = target(stack);
  const names = ['x', 'y'].map((end) => `${'n'.repeat(59)}${end}`);
  for (const name of names) orchestrator(stack, { name, definition: job(etl) });
  const named = (type: string, most: number) => {
    const found = resources(stack, type).map(({ name }) => String(name));
    expect(new Set(found).size).toBe(found.length);
    for (const name of found) expect(name.length).toBeLessThanOrEqual(most);
    return found;
  };
  expect(named('aws_iam_role', 64)).toHaveLength(9);
  expect(named('aws_cloudwatch_event_rule', 64)).toHaveLength(2);
  expect(named('aws_sqs_queue', 80)).toHaveLength(3);
  expect(named('aws_sfn_state_machine', 80).sort()).toEqual(
    names.flatMap((name) => [name, `${name}-cleanup`]).sort(),
  );
});

test('an HTTP task is taken for a reason, which stands beside the state machine', () => {
  const acknowledge = { storedSecret: 'the partner knows no other way' };
  const stack = machine(orchestrationStack(), {
    definition: asl({ ...task, Resource: 'arn:aws:states:::http:invoke' }),
    acknowledge,
  });
  expect(resource(stack, 'aws_sfn_state_machine')['//']).toMatchObject({ acknowledged: acknowledge });
});

test('triggers of another stack wait for the alias', () => {
  const stack = orchestrationStack();
  const made = orchestrator(stack);
  expect(made.dependenciesIn(stack).map(({ node }) => node.path)).toEqual(['prod/nightly/alias']);
  const other = withAws(sibling(stack, 'triggers'));
  expect(made.dependenciesIn(other)).toEqual([]);
  expect(other.dependencies).toContain(stack);
  expect(made).toMatchObject({
    stateMachineArn: MACHINE,
    aliasArn: `${MACHINE}:live`,
    roleArn: 'arn:aws:iam::210987654321:role/nightly-execution',
    logGroupName: '/aws/vendedlogs/states/nightly',
    deadLetterQueueNames: [],
  });
});

const asl = (state: object, more: object = {}) =>
  StateMachineDefinition.fromString(JSON.stringify({ StartAt: 'A', States: { A: state, ...more } }));
const task = { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 5, End: true };
const etl = target(orchestrationStack());

const bad: [string, () => Record<string, unknown>, string][] = [
  [
    'a name with a space',
    () => ({ name: 'two words' }),
    'prod/nightly: name must have 1 to 60 letters, digits, "-" and "_" (got "two words").',
  ],
  [
    'a name of 61 characters',
    () => ({ name: 'a'.repeat(61) }),
    'prod/nightly: name must have 1 to 60 letters, digits, "-" and "_" (got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").',
  ],
  [
    'no definition',
    () => ({ definition: undefined }),
    'prod/nightly: definition is required. It must be a step, a chain of steps, or a Definition.',
  ],
  [
    'a text in place of a definition',
    () => ({ definition: '{}' }),
    'prod/nightly: definition must be a step, a chain of steps, or a Definition (got "{}").',
  ],
  [
    'what only looks like a step',
    () => ({ definition: { start: {}, ends: [] } }),
    'prod/nightly: definition must be a step, a chain of steps, or a Definition (got {"start":{},"ends":[]}).',
  ],
  [
    'another kind',
    () => ({ type: 'express' }),
    'prod/nightly: type must be one of "STANDARD", "EXPRESS" (got "express"). Use "EXPRESS".',
  ],
  [
    'no time',
    () => ({ timeoutSeconds: 0 }),
    'prod/nightly: timeoutSeconds must be a whole number from 1 to 31536000 (got 0).',
  ],
  [
    'a statement about everything',
    () => ({ statements: [{ actions: ['s3:GetObject'], resources: ['*'] }] }),
    'prod/nightly: statements[0] must not be "*" or "SERVICE:*", which allow more than the statement shows (got {"actions":["s3:GetObject"],"resources":["*"]}). List the actions and the ARNs, or set acknowledge.wildcard to the reason.',
  ],
  [
    'data in the log by a word',
    () => ({ logExecutionData: 'yes' }),
    'prod/nightly: logExecutionData must be true or false (got "yes").',
  ],
  [
    'a log that is kept for ever',
    () => ({ logRetentionDays: 0 }),
    'prod/nightly: logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 0). Use 1.',
  ],
  [
    'a key that is no ARN',
    () => ({ kmsKeyArn: 'mine' }),
    'prod/nightly: kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "mine").',
  ],
  [
    'an action that is no ARN',
    () => ({ alarmActions: ['on-call'] }),
    'prod/nightly: alarmActions[0] must be an ARN, for example of an SNS topic (got "on-call").',
  ],
  [
    'a provider of another cloud',
    () => ({ awsProvider: {} }),
    'prod/nightly: awsProvider must be a provider of aws (got {}).',
  ],
  [
    'no reason',
    () => ({ reason: '' }),
    'prod/nightly: reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "").',
  ],
  [
    'a property that does not exist',
    () => ({ timeout: 60 }),
    'prod/nightly: timeout is not a property. The properties are: reason, owner, ticket, name, account, definition, type, timeoutSeconds, statements, logExecutionData, logRetentionDays, kmsKeyArn, alarmActions, awsProvider, acknowledge.',
  ],
  [
    'Express with a Job',
    () => ({ type: 'EXPRESS', definition: job(etl) }),
    'prod/nightly: type must be "STANDARD", which the step "Extract" needs: a Job can outlast the five minutes of an Express execution (got "EXPRESS"). Omit type.',
  ],
  [
    'Express with a Job inside of another step',
    () => ({ type: 'EXPRESS', definition: new ParallelStep('Both', { branches: [job(etl)] }) }),
    'prod/nightly: type must be "STANDARD", which the step "Extract" needs: a Job can outlast the five minutes of an Express execution (got "EXPRESS"). Omit type.',
  ],
  [
    'Express with a target, by hand',
    () => ({
      type: 'EXPRESS',
      definition: StateMachineDefinition.fromString('{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}', {
        targets: [etl],
      }),
    }),
    'prod/nightly: type must be "STANDARD", because a Job can outlast the five minutes of an Express execution (got "EXPRESS"). Omit type.',
  ],
  [
    'Express that waits for a person',
    () => ({
      type: 'EXPRESS',
      definition: new ApprovalStep('Ask', {
        topicArn: 'arn:aws:sns:eu-west-1:210987654321:ask',
        question: 'Go?',
        timeoutSeconds: 60,
      }),
    }),
    'prod/nightly: type must be "STANDARD", which the step "Ask" needs: an Express state machine does not wait for an answer (got "EXPRESS"). Omit type.',
  ],
  [
    'Express with items',
    () => ({
      type: 'EXPRESS',
      definition: new DistributedMapStep('Files', { itemsPath: '$.files', item: new PassStep('File') }),
    }),
    'prod/nightly: type must be "STANDARD", which the step "Files" needs: only Standard state machines run a Distributed Map (got "EXPRESS"). Omit type.',
  ],
  [
    'Express of more than five minutes',
    () => ({ type: 'EXPRESS', timeoutSeconds: 301 }),
    'prod/nightly: timeoutSeconds must not exceed 300 seconds in an Express state machine (got 301).',
  ],
  [
    'less time than a step has',
    () => ({
      definition: new GkeJobStep('Extract', { target: etl, image: IMAGE, timeoutSeconds: 7_200 }),
      timeoutSeconds: 7_200,
    }),
    'prod/nightly: timeoutSeconds must exceed 7200 seconds, the longest time-out of a step (got 7200). Set 7201 or more, or a shorter time-out of the step.',
  ],
  [
    'a target of another account',
    () => ({ definition: job(etl), account: { ...account, id: '123456789012' } }),
    'prod/nightly: account must be the account and region of the function of "etl" (210987654321, eu-west-1) (got {"id":"123456789012","region":"eu-west-1"}). Use one account and region for both.',
  ],
  [
    'a target of another region',
    () => ({ definition: job(etl), account: { ...account, region: 'us-east-1' } }),
    'prod/nightly: account must be the account and region of the function of "etl" (210987654321, eu-west-1) (got {"id":"210987654321","region":"us-east-1"}). Use one account and region for both.',
  ],
  [
    'two steps of one name',
    () => ({ definition: new PassStep('Same').next(new PassStep('Same')) }),
    'Definition: name must be unique among the steps of the state machine (got "Same"). Choose another name.',
  ],
  [
    'a state that nothing leads to',
    () => ({ definition: asl({ Type: 'Succeed' }, { B: { Type: 'Succeed' } }) }),
    'prod/nightly: definition.States["B"] must be reachable from StartAt (got "B"). Add a transition, or remove it.',
  ],
  [
    'a way to nowhere',
    () => ({ definition: asl({ Type: 'Pass', Next: 'B' }) }),
    'prod/nightly: 2 problems\n  - definition.States["A"].Next must be the name of a state of the same state machine, branch or item (got "B"). Did you mean "A"?\n  - definition.States must have a state that ends it: End, Succeed or Fail (got ["A"]).',
  ],
  [
    'more data than goes from state to state',
    () => ({ definition: new PassStep('A', { parameters: { text: 'x'.repeat(262_144) } }) }),
    'prod/nightly: definition.States["A"].Parameters must have at most 262144 bytes, the limit of data between states (got "262155 bytes"). Store the data in a bucket and pass its name.',
  ],
  [
    'a task that never ends',
    () => ({ definition: asl({ ...task, TimeoutSeconds: undefined }) }),
    'prod/nightly: definition.States["A"].TimeoutSeconds is required because a task without a time-out can wait until the state machine ends.',
  ],
  [
    'a stored secret',
    () => ({ definition: asl({ ...task, Resource: 'arn:aws:states:::http:invoke' }) }),
    'prod/nightly: definition.States["A"].Resource must not be an HTTP task, whose credentials EventBridge stores (got "arn:aws:states:::http:invoke"). Call the service with a GkeServiceStep, or set acknowledge.storedSecret to the reason.',
  ],
  [
    'a token that nobody gets',
    () => ({
      definition: new TaskStep('A', {
        resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        parameters: { QueueUrl: 'https://sqs' },
        statements: [],
        timeoutSeconds: 60,
      }),
    }),
    'prod/nightly: definition.States["A"].Parameters is required with the task token, which the worker needs to report the result. Pass "$$.Task.Token".',
  ],
  [
    'a function at its latest',
    () => ({ definition: asl({ ...task, Resource: FUNCTION.replace('live', '$LATEST') }) }),
    'prod/nightly: definition.States["A"] must invoke a function by an alias or a version (got "arn:aws:lambda:eu-west-1:210987654321:function:count:$LATEST"). Add an alias, for example ":live".',
  ],
  [
    'a retry that cannot help',
    () => ({ definition: asl({ ...task, Retry: [{ ErrorEquals: ['GKE.JobRejected'] }] }) }),
    'prod/nightly: definition.States["A"].Retry[0].ErrorEquals must not have errors that a retry cannot solve, because another Job would end in the same way (got ["GKE.JobRejected"]). Catch it.',
  ],
  [
    'a sid that the library uses',
    () => ({
      statements: [{ sid: 'DeliverLog', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/*'] }],
    }),
    'prod/nightly: statements must be unique among the statements of the execution role (got "DeliverLog"). Choose another sid, or omit it.',
  ],
];

test.each(bad)('%s is refused', (_, props, message) => {
  const make = () => {
    const stack = orchestrationStack();
    return new StepFunctionsOrchestrator(stack, 'nightly', {
      name: 'nightly',
      account,
      definition: new PassStep('Nothing'),
      reason: 'loads the warehouse',
      ...props(),
    } as StepFunctionsOrchestratorProps);
  };
  expect(refusal(make).message).toBe(message);
});

describe('placeholders', () => {
  const placed = (text: string, substitutions: Record<string, string>) => () =>
    StateMachineDefinition.fromString(
      `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":"${text}","End":true}}}`,
      {
        substitutions,
      },
    );
  test.each<[string, () => unknown, string]>([
    [
      'without a value',
      placed('${Bucket} ${Table}', { Bucket: 'b' }),
      'Definition: substitutions must have a value (got "Table"). The values are: Bucket.',
    ],
    [
      'that the text does not have',
      placed('x', { Bucket: 'b' }),
      'Definition: substitutions["Bucket"] must be a placeholder of the definition (got "b").',
    ],
    [
      'with a value that is no text',
      placed('${Bucket}', { Bucket: 5 as never }),
      'Definition: substitutions["Bucket"] must be a text (got 5).',
    ],
    [
      'of both kinds',
      placed('${Table}', { Bucket: 'b' }),
      'Definition: 2 problems\n  - substitutions must have a value (got "Table"). The values are: Bucket.\n  - substitutions["Bucket"] must be a placeholder of the definition (got "b").',
    ],
    [
      'by the name of what every object has',
      placed('${toString}', {}),
      'Definition: substitutions must have a value (got "toString"). The values are: none.',
    ],
  ])('%s are refused', (_, make, message) => {
    expect(refusal(make).message).toBe(message);
  });
});

test('targets that are none are refused', () => {
  const text = '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}';
  expect(
    refusal(() => StateMachineDefinition.fromString(text, { targets: [{} as never] })).message,
  ).toMatchInlineSnapshot(`"Definition: targets[0] must be a target with a clean-up function (got {})."`);
});
