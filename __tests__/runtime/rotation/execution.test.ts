import { failure } from '../harness';
import { SECRET } from '../rotation-harness';
import { harness, messages, watch } from './rotation-life';

describe('a state machine that sets and tests', () => {
  const machine = (step: string) => ({
    stateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:${step}-password:live`,
    timeoutSeconds: 60,
  });
  const machines = { setSecret: machine('set'), testSecret: machine('test') };

  test('is run with the name of the version as its input, never the value', async () => {
    expect(await harness.run('check', machines)).toEqual({ outcome: 'rotated', current: '1' });
    expect(harness.owner.asked).toEqual([
      { step: 'setSecret', secret: SECRET, version: '1', previousVersion: null },
      { step: 'testSecret', secret: SECRET, version: '1', previousVersion: null },
    ]);
    expect([...harness.owner.executions.keys()]).toEqual([
      expect.stringMatching(/:execution:set-password:setSecret-[0-9a-f-]{36}$/),
      expect.stringMatching(/:execution:test-password:testSecret-[0-9a-f-]{36}$/),
    ]);
    expect(messages()).toEqual(['added', 'setSecret', 'testSecret', 'moved', 'ended']);
  });

  test.each([
    [
      'fail',
      'The state machine set-password:live failed with GKE.JobFailed; see its history. Secret database.',
    ],
    ['hang', 'The state machine set-password:live did not end in 60 s and was stopped. Secret database.'],
    [
      'refuse',
      'The state machine set-password:live was not started: HTTP 400 StateMachineDoesNotExist. Secret database.',
    ],
  ] as const)(
    'when it is to %s nothing moves, and the next run runs it again',
    async (behaviour, message) => {
      await harness.dueAgain();
      const broken = watch();
      harness.owner.behaviour = () => behaviour;
      const error = await failure(harness.run('check', machines));
      expect([error.name, error.message]).toEqual(['Rotation.SetFailed', message]);
      expect([...harness.owner.executions.values()]).not.toContain('RUNNING');
      harness.owner.behaviour = () => 'work';
      expect(await harness.run('check', machines)).toEqual({ outcome: 'rotated', current: '2' });
      expect(broken).toEqual([]);
    },
  );

  test('that somebody aborts is named so', async () => {
    harness.owner.behaviour = () => 'hang';
    const run = failure(harness.run('check', machines));
    const abort = setInterval(() => {
      for (const arn of harness.owner.executions.keys()) harness.owner.executions.set(arn, 'ABORTED');
    }, 1);
    expect((await run).message).toBe(
      'The state machine set-password:live ended as ABORTED; see its history. Secret database.',
    );
    clearInterval(abort);
  });
});
