import { StepFunctionsOrchestrator } from '../../lib/orchestration/state-machine/step-functions-orchestrator';
import { PassStep } from '../../lib/orchestration/state-machine/steps/pass-step';
import { synthesized, testStack, withAws } from '../synth';

/** An orchestrator whose role names this number of topics. */
function stackWith(topics: number) {
  const stack = withAws(testStack());
  new StepFunctionsOrchestrator(stack, 'nightly', {
    account: { id: '210987654321', region: 'eu-west-1' },
    definition: new PassStep('Nothing'),
    statements: [
      {
        actions: ['sns:Publish'],
        resources: Array.from(
          { length: topics },
          (_, index) => `arn:aws:sns:eu-west-1:210987654321:t${index}`,
        ),
      },
    ],
    reason: 'loads the warehouse',
  });
  return stack;
}

test('a policy below the quota of IAM is synthesized', () => {
  expect(() => synthesized(stackWith(100))).not.toThrow();
});

test('a policy above the quota of IAM is rejected at synth, with its length', () => {
  expect(() => synthesized(stackWith(400))).toThrow(
    /prod\/nightly: statements must have at most 10240 characters in the policy of the role \(got "\d{5} characters"\)\. Name fewer resources, or divide the work between two roles\./,
  );
});
