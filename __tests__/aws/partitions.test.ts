import { awsAccount, consoleUrlOf, partitionOf, serviceHostOf } from '../../lib/aws/account';
import { AWS_PARTITIONS } from '../../lib/contracts/aws-partitions';
import { problemsOf } from '../../lib/core/validation';
import { StepFunctionsOrchestrator } from '../../lib/orchestration/state-machine/step-functions-orchestrator';
import { ApprovalStep } from '../../lib/orchestration/state-machine/steps/approval-step';
import { DistributedMapStep } from '../../lib/orchestration/state-machine/steps/distributed-map-step';
import { PassStep } from '../../lib/orchestration/state-machine/steps/pass-step';
import { endpointOf } from '../../runtime/shared/federation/lambda-environment';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { resource, synthesized, testStack } from '../synth';

const id = '210987654321';

const regions: [string, string, string][] = [
  ['us-east-1', 'aws', 'amazonaws.com'],
  ['mx-central-1', 'aws', 'amazonaws.com'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
];

describe('partitions', () => {
  test.each(regions)('%s is a region of %s', (region, partition, suffix) => {
    expect(problemsOf(awsAccount, { id, region }, 'account')).toEqual([]);
    expect(problemsOf(awsAccount, { id, region, partition }, 'account')).toEqual([]);
    expect(partitionOf({ id, region })).toBe(partition);
    expect(serviceHostOf({ id, region }, 'sts')).toBe(`sts.${region}.${suffix}`);
    expect(endpointOf('sts', region)).toBe(`https://sts.${region}.${suffix}`);
  });

  test('each region belongs to one partition', () => {
    for (const [region] of regions) {
      expect(Object.values(AWS_PARTITIONS).filter((each) => each.regions.test(region))).toHaveLength(1);
    }
  });

  test('rejects a region of no known partition', () => {
    expect(problemsOf(awsAccount, { id, region: 'xx-north-1' }, 'account')).toEqual([
      {
        property: 'account',
        value: { id, region: 'xx-north-1' },
        rule: 'have a region of a known partition',
        fix: 'Correct the region, or set partition for a region that AWS has added.',
      },
    ]);
    const added = { id, region: 'xx-north-1', partition: 'aws' };
    expect(problemsOf(awsAccount, added, 'account')).toEqual([]);
  });

  test('rejects a partition that the region contradicts', () => {
    const account = { id, region: 'us-gov-west-1', partition: 'aws' };
    expect(problemsOf(awsAccount, account, 'account')).toEqual([
      {
        property: 'account',
        value: account,
        rule: 'have a region of its partition',
        fix: 'Set partition "aws-us-gov", or another region.',
      },
    ]);
  });

  test('the console of a partition has its host, and of the iso partitions none is public', () => {
    expect(consoleUrlOf({ id, region: 'cn-north-1' })).toBe('https://cn-north-1.console.amazonaws.cn');
    expect(consoleUrlOf({ id, region: 'us-iso-east-1' })).toBeUndefined();
  });

  test.each(regions)('a state machine in %s names only its partition %s', (region, partition) => {
    const stack = testStack();
    const awsProvider = new AwsProvider(stack, 'aws', { region });
    new StepFunctionsOrchestrator(stack, 'machine', {
      name: 'machine',
      account: { id, region },
      awsProvider,
      timeoutSeconds: 86_400,
      definition: new DistributedMapStep('Files', {
        objects: { bucket: 'in-bucket', prefix: 'a/' },
        results: { bucket: 'out-bucket' },
        item: new PassStep('Item', { parameters: { Resource: 'arn:aws:s3:::data' } }),
      }).next(
        new ApprovalStep('Approve', {
          topicArn: `arn:${partition}:sns:${region}:${id}:owners`,
          question: 'Publish it?',
          timeoutSeconds: 3_600,
        }),
      ),
      reason: 'runs in each partition',
    });
    const text = JSON.stringify(synthesized(stack)).replace('arn:aws:s3:::data', '');
    const partitions = new Set([...text.matchAll(/arn:(aws[\w-]*):/g)].map(([, found]) => found));
    expect([...partitions]).toEqual([partition]);
    const machine = resource(stack, 'aws_sfn_state_machine');
    expect(String(machine.definition)).toContain('arn:aws:s3:::data');
  });
});
