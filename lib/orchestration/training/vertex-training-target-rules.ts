import { checkRegionalArns } from '../../aws/regional-arns';
import type { WithInherited } from '../../core/inherited';
import { justificationRules } from '../../core/justification';
import { knownAtSynth, list, matching, oneOf, optional, type Report, type Shape } from '../../core/rules';
import { region } from '../../google/locations';
import { awsAccount } from '../../aws/account';
import { federation } from '../../identity/federation/aws-to-google-federation-rules';
import { shortName } from '../../core/short-name';
import { project } from '../../google/project';
import { REPOSITORY } from '../../identity/google/references';
import { agentProblems } from '../../vertex/service-agents';
import { runAs } from '../../vertex/training-identity-rules';
import type { VertexTrainingTargetProps } from './vertex-training-target-props';
import { awsProviderRules, functionRules } from '../../aws/options';
import { googleProviderRules } from '../../google/options';

export const vertexTrainingTargetRules: Shape<VertexTrainingTargetProps> = {
  ...justificationRules,
  name: knownAtSynth(shortName),
  account: awsAccount,
  federation,
  project,
  location: knownAtSynth(region),
  runAs,
  kind: knownAtSynth(oneOf(['customJob', 'pipelineJob'])),
  templateRepositories: optional(list(REPOSITORY.rule)),
  networkAttachment: optional(
    matching(
      /^projects\/[^/]+\/regions\/[^/]+\/networkAttachments\/[^/]+$/,
      'be a network attachment of the form projects/PROJECT/regions/REGION/networkAttachments/NAME',
    ),
  ),
  ...functionRules,
  ...awsProviderRules,
  ...googleProviderRules,
};

/** Cross-property validation of a target. */
export function vertexTrainingTargetCrossChecks(
  props: WithInherited<VertexTrainingTargetProps>,
  report: Report,
): void {
  const { kind, project, templateRepositories } = props;
  checkRegionalArns(props, report);
  if (templateRepositories === undefined) return;
  agentProblems(project, templateRepositories).forEach(report);
  if (kind === 'pipelineJob') return;
  report({
    property: 'templateRepositories',
    value: templateRepositories,
    rule: 'be omitted for a target of custom jobs',
    fix: 'Omit it, or set kind to "pipelineJob".',
  });
}
