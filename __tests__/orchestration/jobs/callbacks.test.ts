import { UNDECIDED_ERRORS } from '../../../lib/contracts/job-errors';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { GkeToAwsRole } from '../../../lib/identity/federation/gke-to-aws-role';
import { TASK_TOKEN } from '../../../lib/contracts/jobs';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { Catcher, Retrier } from '../../../lib/orchestration/state-machine/asl/states';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import type { GkeJobStepProps } from '../../../lib/orchestration/jobs/gke-job-step-props';
import { refusal } from '../../synth';
import { account, IMAGE, orchestrationStack, project, target } from '../fixtures';
import { branchOf, statesOf } from '../state-machine/steps/rendered-states';
import { withShortErrorLists } from '../lambda-error-lists';

describe('a Job that reports', () => {
  const stack = orchestrationStack();
  const etl = target(stack, { callbacks: true });
  const role = new GkeToAwsRole(stack, 'pods', {
    cluster: GkeCluster.fromAttributes(stack, 'pods-of', { project, name: 'pods', location: 'us-central1' }),
    account,
    namespace: 'etl',
    serviceAccountName: 'etl',
    roleName: 'etl-pods',
    reason: 'reports',
  });
  const silent = target(orchestrationStack());
  const job = (props: Partial<GkeJobStepProps> = {}) =>
    new GkeJobStep('Extract', { target: etl, image: IMAGE, awsRole: role, ...props });
  const states = (props: Partial<GkeJobStepProps> = {}) =>
    branchOf(statesOf(job(props).waitForCallback({ heartbeatSeconds: 60 })), 'Extract').States;

  test('is handed its token after it was made, and ends the step with its report', () => {
    const made = states();
    expect(made['Extract: submit']!.Next).toBe('Extract: deliver token');
    expect(made['Extract: submit']!.Parameters).toMatchObject({ callback: true });
    const { Retry, ...handOver } = made['Extract: deliver token']!;
    expect(withShortErrorLists(handOver)).toMatchInlineSnapshot(`
     {
       "Catch": [
         {
           "ErrorEquals": [
             "States.HeartbeatTimeout",
             "States.Timeout",
             "(transient errors of Lambda)",
             "GKE.ApiUnavailable",
             "GKE.ApiThrottled",
             "GKE.AuthFailed",
             "GKE.Forbidden",
           ],
           "Next": "Extract: wait",
           "ResultPath": null,
         },
       ],
       "HeartbeatSeconds": 60,
       "Next": "Extract: callback received",
       "Parameters": {
         "FunctionName": "arn:aws:lambda:eu-west-1:210987654321:function:etl-gke-jobs:live",
         "Payload": {
           "action": "handOver",
           "attempt.$": "$.attempt",
           "execution.$": "$.execution",
           "status.$": "$.status",
           "step": "Extract",
           "token.$": "$$.Task.Token",
         },
       },
       "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
       "ResultPath": "$.report",
       "TimeoutSeconds": 4800,
       "Type": "Task",
     }
    `);
    expect((Retry as Retrier[])[0]!.ErrorEquals).not.toContain('States.Timeout');
    expect(made['Extract: callback received']).toMatchInlineSnapshot(`
     {
       "Next": "Extract: result",
       "Parameters": {
         "result": {
           "attempt.$": "$.attempt",
           "cluster.$": "$.status.place.cluster",
           "completedIndexes": null,
           "completionTime": null,
           "failed": null,
           "failedIndexes": null,
           "job.$": "$.status.job",
           "logsUrl.$": "$.status.place.logsUrl",
           "message": null,
           "namespace.$": "$.status.place.namespace",
           "output.$": "$.report",
           "outputStatus": "Json",
           "startTime": null,
           "succeeded": null,
         },
       },
       "ResultPath": "$.status",
       "Type": "Pass",
     }
    `);
  });

  test('whose sign of life is late is polled as any other', () => {
    const plain = branchOf(statesOf(job()), 'Extract').States;
    const made = states();
    for (const part of ['wait', 'poll', 'over?', 'long wait', 'long poll', 'result']) {
      expect(made[`Extract: ${part}`]).toEqual(plain[`Extract: ${part}`]);
    }
    const [{ ErrorEquals, ...catcher }] = made['Extract: deliver token']!.Catch as [Catcher];
    expect(catcher).toEqual({ ResultPath: null, Next: 'Extract: wait' });
    expect(ErrorEquals).toEqual(
      expect.arrayContaining(['States.HeartbeatTimeout', 'States.Timeout', ...UNDECIDED_ERRORS]),
    );
    // The container may report any other error.
    expect(ErrorEquals).not.toContain('States.ALL');
    expect(Object.keys(plain)).not.toContain('Extract: deliver token');
  });

  test('has every field of a result, those that nobody knows yet as null', () => {
    const { result } = states()['Extract: callback received']!.Parameters as {
      result: Record<string, unknown>;
    };
    const plain = statesOf(job()).Extract!.ResultSelector as object;
    expect(
      Object.keys(result)
        .map((key) => key.replace('.$', ''))
        .sort(),
    ).toEqual(
      Object.keys(plain)
        .map((key) => key.replace('.$', ''))
        .sort(),
    );
  });

  test('finds the token in a file, and no argument or variable holds it', () => {
    const attempt = JSON.stringify(states()['Extract: attempt']);
    expect(attempt).toContain(`{"name":"TASK_TOKEN_FILE","value":"${TASK_TOKEN.folder}/${TASK_TOKEN.file}"}`);
    expect(attempt).toContain(`{"name":"AWS_ROLE_ARN","value":"${role.roleArn}"}`);
    const holders = Object.entries(states()).filter(([, state]) =>
      JSON.stringify(state).includes('Task.Token'),
    );
    expect(holders.map(([name]) => name)).toEqual(['Extract: deliver token']);
    expect(JSON.stringify(branchOf(statesOf(job()), 'Extract'))).not.toContain('TASK_TOKEN_FILE');
  });

  test('asks that its role may report, and its states are of the language', () => {
    const step = job().waitForCallback({ heartbeatSeconds: 60 });
    expect(step.requirements().callbackRoles).toEqual([role]);
    expect(job().requirements()).not.toHaveProperty('reporters');
    expect(definitionProblems(StateMachineDefinition.fromSteps(step).states)).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    [
      'without a sign of life',
      () => job().waitForCallback({} as never),
      'heartbeatSeconds is required. It must be a whole number from 10 to 86400.',
    ],
    [
      'with one every nine seconds',
      () => job().waitForCallback({ heartbeatSeconds: 9 }),
      'heartbeatSeconds must be a whole number from 10 to 86400 (got 9). Use at least 10.',
    ],
    [
      'with none before the step is over',
      () => job({ deadlineSeconds: 60, timeoutSeconds: 120 }).waitForCallback({ heartbeatSeconds: 120 }),
      'heartbeatSeconds must be less than the time-out of the step (120 seconds) (got 120).',
    ],
    [
      'without a role',
      () => job({ awsRole: undefined }).waitForCallback({ heartbeatSeconds: 60 }),
      'awsRole is required for a callback, because the container reports to AWS as a role. Set it to a GkeToAwsRole of the service account of the pods.',
    ],
    [
      'to a target that hands over no tokens',
      () => job({ target: silent }).waitForCallback({ heartbeatSeconds: 60 }),
      'target must have a target that delivers task tokens; "etl" does not (got "etl"). Set callbacks: true on the target.',
    ],
    [
      'of many pods',
      () => job({ indexed: { completions: 5 } }).waitForCallback({ heartbeatSeconds: 60 }),
      'indexed must be omitted for an indexed Job, because one pod cannot report the end of all (got {"completions":5}). Omit waitForCallback.',
    ],
    [
      'with a property that does not exist',
      () => job().waitForCallback({ heartbeatSeconds: 60, seconds: 5 } as never),
      'seconds is not a property. The properties are: heartbeatSeconds.',
    ],
    [
      'as the role of another service account',
      () => job({ target: target(orchestrationStack(), { callbacks: true, serviceAccountName: 'other' }) }),
      'awsRole must run as the service account that the role trusts: the pods run as etl/other, and the role trusts etl/etl (got "etl/etl"). Create a role for the service account of the target.',
    ],
  ])('%s is refused', (_, make, message) => {
    expect(refusal(make).message).toBe(`GkeJobStep "Extract": ${message}`);
  });
});
