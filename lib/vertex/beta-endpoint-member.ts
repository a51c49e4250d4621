import type * as Beta from '@cdktf/provider-google-beta/lib/google-vertex-ai-endpoint-iam-member';
import type { TerraformProvider, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { stableHash } from '../core/names';
import { CREATE_BEFORE_DESTROY } from '../core/replacement';
import { provider, type Rule } from '../core/rules';
import type { ICustomRole } from '../identity/google/custom-role';
import type { IamCondition } from '../identity/google/iam-condition';
import { MemberGrants } from '../identity/google/member-grants';
import type { IGooglePrincipal } from '../identity/google/principal';
import type { IVertexEndpoint } from './vertex-endpoint';

const PACKAGE = '@cdktf/provider-google-beta';

/** A provider of google-beta. A beta resource without one would silently be sent to the google provider. */
export const betaProvider: Rule = provider('google-beta');

/** Loaded on use: the package is an optional peer. */
function load(): typeof Beta {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional peer
    return require(`${PACKAGE}/lib/google-vertex-ai-endpoint-iam-member`) as typeof Beta;
  } catch (cause) {
    throw new Error(
      `A role on one endpoint needs ${PACKAGE}, which is not installed: npm install ${PACKAGE}`,
      {
        cause,
      },
    );
  }
}

/** A role of a principal on one endpoint. */
export interface EndpointGrant {
  readonly endpoint: IVertexEndpoint;
  readonly principal: IGooglePrincipal;
  readonly role: ICustomRole;
  readonly condition?: IamCondition;
  /** Provider of google-beta. */
  readonly provider: TerraformProvider;
}

/** Grants a role on one endpoint to each member of the principal. */
export function grantOnEndpoint(
  scope: Construct,
  id: string,
  { endpoint, principal, role, condition, provider }: EndpointGrant,
): TerraformResource[] {
  const { GoogleVertexAiEndpointIamMember } = load();
  const dependsOn = [
    ...principal.dependenciesIn(scope),
    ...role.dependenciesIn(scope),
    ...endpoint.dependenciesIn(scope),
  ];
  return principal.members.map((member, index) => {
    const granted = new GoogleVertexAiEndpointIamMember(
      scope,
      index === 0 ? id : `${id}-${stableHash(member)}`,
      {
        project: endpoint.project.id,
        location: endpoint.location,
        endpoint: endpoint.endpointId,
        role: role.name,
        member,
        condition,
        dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
        lifecycle: CREATE_BEFORE_DESTROY,
        provider,
      },
    );
    MemberGrants.of(scope).add(member, granted);
    return granted;
  });
}
