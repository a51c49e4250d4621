import { AwsProvider, type AwsProviderConfig } from '@cdktf/provider-aws/lib/provider';
import { TerraformVariable, type TerraformStack } from 'cdktf';
import { StepFunctionsOrchestrator } from '../../lib/orchestration/state-machine/step-functions-orchestrator';
import { PassStep } from '../../lib/orchestration/state-machine/steps/pass-step';
import { synthesized, testStack } from '../synth';

const account = { id: '210987654321', region: 'eu-west-1' };

function synthWith(config: AwsProviderConfig, stack: TerraformStack = testStack(), names = ['nightly']) {
  const awsProvider = new AwsProvider(stack, 'aws', config);
  for (const name of names) {
    new StepFunctionsOrchestrator(stack, name, {
      account,
      name,
      definition: new PassStep('Nothing'),
      reason: 'loads the warehouse',
      ...(config.alias !== undefined && { awsProvider }),
    });
  }
  return () => synthesized(stack);
}

const REGION =
  'prod/nightly: account.region must be the region of the AWS provider prod/aws, which is us-west-2 (got "eu-west-1"). Change one of the two, or pass another awsProvider.';

test.each<[string, AwsProviderConfig, string]>([
  ['the default provider is in another region', { region: 'us-west-2' }, REGION],
  ['the given provider is in another region', { region: 'us-west-2', alias: 'west' }, REGION],
  [
    'the provider allows other accounts only',
    { region: 'eu-west-1', allowedAccountIds: ['123456789012'] },
    'prod/nightly: account.id must be one of allowedAccountIds of the AWS provider prod/aws (got "210987654321"). Change one of the two, or pass another awsProvider.',
  ],
])('is rejected if %s', (_, config, message) => {
  expect(synthWith(config)).toThrow(message);
});

test.each<[string, AwsProviderConfig]>([
  ['the same region', { region: 'eu-west-1' }],
  ['a region of the environment', {}],
  ['the account', { region: 'eu-west-1', allowedAccountIds: ['210987654321'] }],
])('is accepted with a provider of %s', (_, config) => {
  expect(synthWith(config)).not.toThrow();
});

test('is not known from a token', () => {
  const stack = testStack();
  const region = new TerraformVariable(stack, 'region', { type: 'string' }).stringValue;
  expect(synthWith({ region }, stack)).not.toThrow();
});

test('is reported once for a provider', () => {
  const synth = synthWith({ region: 'us-west-2' }, testStack(), ['nightly', 'hourly']);
  expect(synth).toThrow(REGION);
  expect(synth).not.toThrow(/prod\/hourly/);
});
