import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import {
  constructLike,
  knownAtSynth,
  list,
  matching,
  optional,
  provider,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import type { ServiceAgentKey } from '../../deploying/google-access';
import { computeName, region } from '../../google/locations';
import { kmsKeyName } from '../../google/names';
import { projectId, projectNumber, type GoogleProject } from '../../google/project';
import { givesRoles, prerequisitesOf } from './project-needs';
import type {
  GoogleProjectPrerequisitesProps,
  SharedSubnetwork,
  SharedVpcAccess,
} from './google-project-prerequisites-props';

/** Name of an API of Google Cloud. Ids of resources contain the name. */
const api = knownAtSynth(
  matching(/^[a-z][a-z0-9-]*\.googleapis\.com$/, 'be an API of the form NAME.googleapis.com', (value) =>
    /^[a-z][a-z0-9-]*$/.test(value) ? `Use "${value}.googleapis.com".` : undefined,
  ),
);

const stack = constructLike('a TerraformStack', {
  node: 'object',
  toTerraform: 'function',
  addDependency: 'function',
});

/** Field rules of the props. */
export const prerequisiteRules: Shape<GoogleProjectPrerequisitesProps> = {
  // The resources of a project are found by its id.
  project: shape<GoogleProject>({ id: knownAtSynth(projectId), number: optional(projectNumber) }),
  stacks: optional(knownAtSynth(list(stack, { min: 1 }))),
  apis: optional(knownAtSynth(list(api))),
  serviceAgents: optional(knownAtSynth(list(api))),
  kmsKeys: optional(knownAtSynth(list(shape<ServiceAgentKey>({ keyName: kmsKeyName, service: api })))),
  sharedVpc: optional(
    shape<SharedVpcAccess>({
      hostProject: projectId,
      subnetworks: knownAtSynth(list(shape<SharedSubnetwork>({ region, name: computeName }), { min: 1 })),
    }),
  ),
  googleProvider: optional(provider('google')),
  googleBetaProvider: optional(provider('google-beta')),
};

/** Rules between properties. */
export function checkPrerequisites(
  construct: IConstruct,
  props: WithInherited<GoogleProjectPrerequisitesProps>,
  report: Report,
): void {
  const own = TerraformStack.of(construct);
  for (const [index, each] of (props.stacks ?? []).entries()) {
    if (each !== own && !own.dependsOn(each)) continue;
    report({
      property: `stacks[${index}]`,
      value: each.node.path,
      rule: 'be a stack that waits for the stack of this construct',
      fix: 'Create the construct in a separate stack.',
    });
  }
  if (props.project.number === undefined && givesRoles(prerequisitesOf(props))) {
    report({
      property: 'project.number',
      value: undefined,
      rule: 'be set, because addresses of service agents contain it',
      fix: 'Set project to { id, number }.',
    });
  }
}
