import { DistributedMapStep } from '../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { orchestrationStack, platform, target } from '../fixtures';
import { madeBy, orchestrator, statements } from '../triggers/fixtures';
import { FUNCTION, MACHINE, aliasOf, job, machine } from './machine-fixtures';

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
