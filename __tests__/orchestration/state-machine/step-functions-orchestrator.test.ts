import type { TerraformStack } from 'cdktf';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { GkeToAwsRole } from '../../../lib/identity/federation/gke-to-aws-role';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import type { StepFunctionsOrchestratorProps } from '../../../lib/orchestration/state-machine/step-functions-orchestrator-props';
import { DistributedMapStep } from '../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { WaitStep } from '../../../lib/orchestration/state-machine/steps/wait-step';
import { byAddress, refusal, resource, resources, sibling, withAws, type Json } from '../../synth';
import { account, IMAGE, orchestrationStack, project, target } from '../fixtures';
import { madeBy, orchestrator, statements } from '../triggers/fixtures';
import { FUNCTION, MACHINE, aliasOf, asl, job, machine, task } from './machine-fixtures';

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
       "google_project_iam_member.etl_identity_account_gke_control_plane_etl_gke_jobs_4b29d59a-on-custom-role-gke_control_plane_etl_gke_jobs_4b29d59a-06877044_4B479AE3",
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
  expect(named('aws_sqs_queue', 80)).toHaveLength(2);
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
