import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { OrchestratorDashboard } from '../../../lib/orchestration/state-machine/dashboard/orchestrator-dashboard';
import { constant, describeProperties } from '../../property-harness';
import { account, inAws, targetIn, kmsKeyArn, why, orchestratorIn, image } from '../../property-values';

describeProperties({
  StepFunctionsOrchestrator: {
    make: (stack, props) => new StepFunctionsOrchestrator(inAws(stack), 'it', props),
    good: {
      name: constant('nightly', 'N_1', undefined),
      account: constant(account),
      definition: [
        () => new PassStep('Nothing', { parameters: { a: '${b} "c" \\ ü', 'd.$': '$.d' } }),
        (stack) => new GkeJobStep('Web "1" 🙂', { target: targetIn(stack), image }),
      ],
      type: constant(undefined, 'STANDARD'),
      timeoutSeconds: constant(undefined, 86_400),
      statements: constant(undefined, [
        { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/$${aws:userid}'] },
      ]),
      logExecutionData: constant(undefined, true),
      logRetentionDays: constant(undefined, 30),
      kmsKeyArn: constant(undefined, kmsKeyArn),
      alarmActions: constant(undefined, ['arn:aws:sns:eu-west-1:210987654321:on-call']),
      ...why,
    },
  },
  OrchestratorDashboard: {
    make: (stack, props) => new OrchestratorDashboard(inAws(stack), 'it', props),
    good: {
      orchestrator: [orchestratorIn],
      name: constant(undefined, 'etl'),
      deadLetterQueueNames: constant(undefined, [], ['failed', 'failed.fifo']),
    },
  },
});
