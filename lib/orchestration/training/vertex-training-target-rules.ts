import { justificationRules } from '../../core/justification';
import { integer, known, list, matching, oneOf, optional, provider, type Shape } from '../../core/rules';
import { region } from '../../google/locations';
import { awsAccount } from '../../aws/account';
import { federation } from '../../identity/aws-to-google-federation-rules';
import { shortName } from '../../core/short-name';
import { project } from '../../google/project';
import { runAs } from '../../vertex/run-as';
import { actionArn, kmsKeyArn, memoryMb, retentionDays } from '../../aws/names';
import type { VertexTrainingTargetProps } from './vertex-training-target-props';

export const vertexTrainingTargetRules: Shape<VertexTrainingTargetProps> = {
  ...justificationRules,
  name: known(shortName),
  account: awsAccount,
  federation,
  project,
  location: known(region),
  runAs,
  kind: known(oneOf(['customJob', 'pipeline'])),
  networkAttachment: optional(
    matching(
      /^projects\/[^/]+\/regions\/[^/]+\/networkAttachments\/[^/]+$/,
      'a network attachment reads projects/PROJECT/regions/REGION/networkAttachments/NAME',
    ),
  ),
  memoryMb: optional(memoryMb),
  logRetentionDays: optional(retentionDays),
  alarmActions: optional(list(actionArn)),
  kmsKeyArn: optional(kmsKeyArn),
  reservedConcurrency: optional(known(integer(1, 1_000))),
  awsProvider: optional(provider('aws')),
  googleProvider: optional(provider('google')),
};
