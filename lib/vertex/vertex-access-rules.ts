import type { ValidationProblem } from '../core/errors';
import type { WithInherited } from '../core/inherited';
import { acknowledgement, inheritedJustificationRules, justificationRules } from '../core/justification';
import { differ, list, optional, shape } from '../core/rules';
import { condition } from '../identity/google/iam-condition';
import { REPOSITORY } from '../identity/google/references';
import type {
  EndpointAcknowledgements,
  EndpointGrantOptions,
  PipelineGrantOptions,
  VertexAccessProps,
  VertexGrantOptions,
} from './vertex-access-props';
import type { IVertexEndpoint } from './vertex-endpoint';

const grantRules = {
  ...inheritedJustificationRules,
  condition: optional(condition),
};

export const grantOptions = shape<VertexGrantOptions>(grantRules);

export const pipelineOptions = shape<PipelineGrantOptions>({
  ...grantRules,
  templateRepositories: optional(list(REPOSITORY.rule)),
});

export const endpointOptions = shape<EndpointGrantOptions>({
  ...grantRules,
  acknowledge: optional(shape<EndpointAcknowledgements>({ projectWide: acknowledgement })),
});

export const projectWideOptions = shape<VertexGrantOptions>({
  ...grantRules,
  reason: justificationRules.reason,
});

/** Validates that an endpoint is one of the project and the location of the access. */
export function endpointProblems(
  { project, location }: WithInherited<VertexAccessProps>,
  capability: string,
  endpoint: IVertexEndpoint,
): ValidationProblem[] {
  if (typeof endpoint?.resourceName !== 'string') {
    return [
      {
        property: 'endpoint',
        value: endpoint,
        rule: `have an endpoint for ${capability}`,
        fix: 'Pass a VertexEndpoint, or call predictProjectWide({ reason }) for every endpoint of the project.',
      },
    ];
  }
  if (!differ(endpoint.project.id, project.id) && !differ(endpoint.location, location)) return [];
  return [
    {
      property: 'endpoint',
      value: endpoint.resourceName,
      rule: `be an endpoint of ${project.id} in ${location}`,
      fix: 'Create a VertexAccess for the project and location of the endpoint.',
    },
  ];
}

/** Problem of access to one endpoint without the provider that can limit a role to it. */
export function reachesAll(capability: string): ValidationProblem {
  return {
    property: 'googleBetaProvider',
    value: undefined,
    rule: `be set because only the beta provider limits ${capability} to one endpoint`,
    fix: 'Pass a provider of @cdktf/provider-google-beta; to allow calls to every endpoint of the project, set acknowledge.projectWide to the reason.',
  };
}
