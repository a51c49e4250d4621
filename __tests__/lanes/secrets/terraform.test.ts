import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { join } from 'node:path';
import { RotationHook } from '../../../lib/secrets/rotation-hook';
import { federationOf, onAws, onGoogle, restartOf } from '../../secrets/fixtures';
import { emulatorEndpoint, noEmulator, stopEmulator } from '../aws/emulator';
import { applyAws, lab, noLab, temporaryFolder, testUnless } from '../terraform/lab';

const scratch = temporaryFolder();
const noAws = noEmulator();
afterAll(stopEmulator);

/** Both hosts in one stack, as a user would write it. */
function synthesized(): string {
  const app = new App({ outdir: join(scratch, 'secrets') });
  const stack = new TerraformStack(app, 'secrets');
  new GoogleProvider(stack, 'google', { project: 'my-project' });
  new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
  const federation = federationOf(stack);
  onGoogle(stack, {
    federation,
    restart: restartOf(stack, { federation }),
    notificationTopic: 'projects/my-project/topics/rotations',
  });
  new KubernetesProvider(stack, 'kubernetes', { configPath: '~/.kube/config' });
  const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:set-password:live';
  onAws(stack, { name: 'warehouse', setSecret: RotationHook.stateMachine({ stateMachineArn }) }, 'warehouse');
  app.synth();
  return join(scratch, 'secrets/stacks/secrets');
}

testUnless(noLab)('both hosts are applied, planned to nothing and destroyed by Terraform', () => {
  expect(lab(['cycle', synthesized()])).toMatch(/ ok$/m);
});

testUnless(noAws)('what is on AWS is applied by the real provider, planned to nothing and destroyed', () => {
  // The emulator would run the function in a container.
  const skip = ['--skip', 'aws_secretsmanager_secret_rotation'];
  expect(applyAws(synthesized(), ['--endpoint', emulatorEndpoint(), ...skip])).toMatch(/ ok$/m);
});
