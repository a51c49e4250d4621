import type { AwsRotation } from '../../../lib/contracts/rotation';
import { AwsRotator } from '../../../runtime/rotation/aws-rotation';
import type { Consumers } from '../../../runtime/rotation/consumers';
import type { RotationLog } from '../../../runtime/rotation/log';
import type { RotationHooks } from '../../../runtime/rotation/hooks';
import type { SecretsManager, Stages } from '../../../runtime/rotation/secrets-manager';

/** The last step for version 2, over what happens in its order. */
async function finish(stages: Stages, restart: () => Promise<void> = () => Promise.resolve()) {
  const happened: string[] = [];
  const secrets = {
    stages: () => Promise.resolve(stages),
    move: (stage: string, from?: string, to?: string) =>
      Promise.resolve(void happened.push(`${stage} from ${from} to ${to}`)),
  } as unknown as SecretsManager;
  const consumers = {
    restart: (version: string, time: string) => {
      happened.push(`restart for ${version} at ${time}`);
      return restart();
    },
  } as unknown as Consumers;
  const log = { step: () => undefined } as unknown as RotationLog;
  const now = () => Date.parse('2026-01-02T03:04:05Z');
  const rotator = new AwsRotator({} as AwsRotation, secrets, {} as RotationHooks, consumers, log, now);
  const ended = rotator.run({ step: 'finishSecret', secret: 'database', version: '2' });
  const error = await ended.then(
    () => undefined,
    (reason: Error) => reason.message,
  );
  return { happened, error };
}

const RESTART = 'restart for 2 at 2026-01-02T03:04:05.000Z';

test('consumers on AWS are restarted once the value is current', async () => {
  expect(await finish({ current: '1', pending: '2', previous: undefined })).toEqual({
    happened: ['AWSCURRENT from 1 to 2', RESTART, 'AWSPENDING from 2 to undefined'],
    error: undefined,
  });
});

test('where they could not be restarted the step fails, and is open to be called again', async () => {
  const refused = () => Promise.reject(new Error('refused'));
  expect(await finish({ current: '1', pending: '2', previous: undefined }, refused)).toEqual({
    happened: ['AWSCURRENT from 1 to 2', RESTART],
    error: 'refused',
  });
  expect(await finish({ current: '2', pending: '2', previous: '1' })).toEqual({
    happened: [RESTART, 'AWSPENDING from 2 to undefined'],
    error: undefined,
  });
});
