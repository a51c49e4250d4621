import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { join } from 'node:path';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { EventBridgeTrigger } from '../../../lib/orchestration/triggers/event-bridge-trigger';
import { PubSubTrigger } from '../../../lib/orchestration/triggers/pub-sub-trigger';
import { S3ObjectTrigger } from '../../../lib/orchestration/triggers/s3-object-trigger';
import { SqsTrigger } from '../../../lib/orchestration/triggers/sqs-trigger';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { applyAws, temporaryFolder, testUnless } from '../terraform/lab';
import { emulatorEndpoint, noEmulator, stopEmulator } from './emulator';

/*
 * The triggers that no stack of the app has: a schedule is in `dev-orchestration`.
 */

const noAws = noEmulator();
const folder = temporaryFolder();
afterAll(stopEmulator);

function synthesize(): string {
  const app = new App({ outdir: folder });
  const stack = new TerraformStack(app, 'triggers');
  const account = { id: '123456789012', region: 'us-east-1' };
  new AwsProvider(stack, 'aws', { region: account.region });
  new GoogleProvider(stack, 'google', { project: 'books-dev' });
  const orchestrator = new StepFunctionsOrchestrator(stack, 'nightly', {
    name: 'nightly',
    account,
    definition: new PassStep('Nothing'),
    reason: 'does nothing',
  });
  const common = { orchestrator, reason: 'shows that it can be applied' };
  new EventBridgeTrigger(stack, 'event', { ...common, name: 'on-order', eventPattern: { source: ['shop'] } });
  new S3ObjectTrigger(stack, 'object', {
    ...common,
    name: 'on-file',
    bucket: { bucket: 'incoming' },
    prefix: 'in/',
  });
  new SqsTrigger(stack, 'queue', {
    ...common,
    name: 'on-message',
    filters: [{ body: { kind: ['order'] } }],
    batch: { size: 10, windowSeconds: 5 },
  });
  new PubSubTrigger(stack, 'google-trigger', {
    ...common,
    name: 'from-google',
    project: { id: 'books-dev', number: '100000000001' },
    topic: 'orders',
  });
  app.synth();
  return join(folder, 'stacks/triggers');
}

/** Types that the emulator does not have. */
const NOT_PLAYED = ['aws_sfn_alias'];

describe('the triggers, with the real provider', () => {
  testUnless(noAws)('are applied, planned to nothing and destroyed', () => {
    const skip = NOT_PLAYED.flatMap((type) => ['--skip', type]);
    expect(applyAws(synthesize(), ['--endpoint', emulatorEndpoint(), ...skip])).toMatch(/ ok$/m);
  });
});
