import type { ModelResource } from '../../model/model';
import { templateText } from '../../model/values/value-text';
import { grantTarget, memberNode, permissionsOf, roleGrants } from '../edges/google-members';
import type { GraphContext } from './context';

/** One member of one role on one resource of Google Cloud. */
export interface GoogleStatement {
  readonly resource: ModelResource;
  /** The member as the configuration has it. */
  readonly member: string;
  /** Path of the member. */
  readonly memberPath: string;
  readonly role: string;
  /** Path of the role. */
  readonly rolePath: string;
  /** Permissions of a custom role. */
  readonly permissions: readonly string[];
  /** CEL expressions. */
  readonly conditions: readonly string[];
  /** Path of the condition. */
  readonly conditionPath: string;
  /** Id of the node of the member; `undefined` if only Terraform knows it. */
  readonly holder: string | undefined;
  /** Id of the node that the grant is on. */
  readonly target: string;
}

/** All members of all grants. */
export function googleStatements(context: GraphContext): readonly GoogleStatement[] {
  return context.resources.flatMap((resource) => {
    const grants = roleGrants(resource, context);
    if (grants === undefined || grants === 'unknown') return [];
    const target = grantTarget(resource, context);
    return grants.flatMap(({ path, role, members, conditions }) =>
      members.map((member, index): GoogleStatement => {
        const prefix = path === undefined ? '' : `${path}.`;
        const list =
          path === undefined && resource.values.member !== undefined ? 'member' : `members[${index}]`;
        return {
          resource,
          member: typeof member === 'string' ? member : templateText(member),
          memberPath: `${prefix}${list}`,
          role,
          rolePath: `${prefix}role`,
          permissions: permissionsOf(role, context),
          conditions,
          conditionPath: `${prefix}condition`,
          holder: memberNode(resource, member, context),
          target,
        };
      }),
    );
  });
}

/** Text of a member for messages. */
export const shortMember = (member: string): string =>
  member.replace(/^(principal(?:Set)?):\/\/iam\.googleapis\.com\/.*\/workloadIdentityPools\//, '$1 ');
