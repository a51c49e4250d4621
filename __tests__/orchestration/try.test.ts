import { StepFunctionsOrchestrator, GkeJobStep, SucceedStep } from '../../lib/orchestration';
import { byAddress } from '../synth';
import { account, IMAGE, orchestrationStack, target } from './fixtures';
test('try', () => {
  const stack = orchestrationStack();
  const etl = target(stack);
  new StepFunctionsOrchestrator(stack, 'nightly', {
    name: 'nightly',
    account,
    reason: 'loads the warehouse',
    definition: new GkeJobStep('Extract', {
      target: etl,
      image: IMAGE,
      exitCodes: { 3: 'NoNewData' },
      environment: { 'DATE.$': '$.date', MODE: 'full' },
    })
      .catch('NoNewData', new SucceedStep('Nothing to do'))
      .next(
        new GkeJobStep('Transform', {
          target: etl,
          image: IMAGE,
          retry: { 'GKE.OOMKilled': { memory: ['2Gi', '4Gi'] } },
          resultPath: '$.transform',
        }),
      ),
  });
  const r = byAddress(stack);
  require('fs').writeFileSync('/tmp/try.json', JSON.stringify(r, null, 1));
  const d = Object.entries(r).find(([k]) => k.startsWith('aws_sfn_state_machine'))![1] as any;
  require('fs').writeFileSync('/tmp/def.json', d.definition);
});
