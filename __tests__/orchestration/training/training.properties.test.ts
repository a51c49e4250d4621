import { VertexTrainingTarget } from '../../../lib/orchestration/training/vertex-training-target';
import { constant, describeProperties } from '../../property-harness';
import { project, account, federationIn, inAws, trainingIn, ofFunctions, why } from '../../property-values';

describeProperties({
  VertexTrainingTarget: {
    make: (stack, props) => new VertexTrainingTarget(inAws(stack), 'it', props),
    good: {
      name: constant('train', undefined),
      account: constant(account, undefined),
      federation: [federationIn],
      project: constant(project),
      location: constant('us-central1'),
      runAs: [(stack) => trainingIn(stack)],
      kind: constant('customJob', 'pipelineJob'),
      networkAttachment: constant(undefined, 'projects/p/regions/r/networkAttachments/n'),
      alarmActions: constant(undefined, ['arn:aws:sns:eu-west-1:210987654321:on-call']),
      ...ofFunctions,
      ...why,
    },
  },
});
