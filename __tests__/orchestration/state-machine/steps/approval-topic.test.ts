import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { StepFunctionsOrchestrator } from '../../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { ApprovalStep } from '../../../../lib/orchestration/state-machine/steps/approval-step';
import { resource } from '../../../synth';
import { account, orchestrationStack } from '../../fixtures';

test('the topic of an approval can be a token, and the task is in the partition of the account', () => {
  const stack = orchestrationStack();
  const topic = new SnsTopic(stack, 'owners', { name: 'owners' });
  const definition = new ApprovalStep('Approve', {
    topicArn: topic.arn,
    question: 'Book it?',
    timeoutSeconds: 3_600,
  });
  new StepFunctionsOrchestrator(stack, 'book', { definition, account, reason: 'books orders' });
  const text = String(resource(stack, 'aws_sfn_state_machine').definition);
  expect(text).toContain('"arn:aws:states:::sns:publish.waitForTaskToken"');
});
