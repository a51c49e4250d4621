import type { ProjectIamCustomRole } from '@cdktf/provider-google/lib/project-iam-custom-role';
import { TerraformStack, type TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { shareProvider } from '../core/shared-provider';
import { idPartOf, identityOf, stableHash } from '../core/names';
import { oncePer, sharedParent } from '../core/registry';
import { CustomRole, type ICustomRole } from '../identity/google/custom-role';
import type { GoogleProject } from '../google/project';

const SCOPE = 'vertex-roles';

/** Parent of the roles and members that the constructs of a stack share. Its id is fixed. */
export function sharedScope(stack: TerraformStack): Construct {
  return sharedParent(stack, SCOPE);
}

/**
 * Returns the custom role with these permissions: one per stack and project, because a project holds 300 roles and an
 * app can have more identities. Capabilities with equal permissions share it. The id contains a hash of the name of
 * the stack, so that two stacks, or two apps, in one project have different roles.
 * @param does title of the role after "Vertex AI:"; the permissions if omitted
 */
export function sharedRole(
  scope: IConstruct,
  project: GoogleProject,
  permissions: readonly string[],
  googleProvider?: TerraformProvider,
  does = permissions.map((permission) => permission.replace('aiplatform.', '')).join(', '),
): ICustomRole {
  const stack = TerraformStack.of(scope);
  // A second role with another provider would claim the same id in the same project.
  const key = identityOf(stack, [project.id, ...permissions]);
  const role = oncePer(stack, `${SCOPE} ${key}`, () =>
    makeRole(stack, project, permissions, does, googleProvider),
  );
  return shareBetween(role, `Vertex AI: ${does}`.slice(0, 100), googleProvider);
}

/** Takes the first title, and the first provider, in the order of their names. */
function shareBetween(role: CustomRole, title: string, provider?: TerraformProvider): CustomRole {
  const resource = role.node.defaultChild as ProjectIamCustomRole;
  if (title < (resource.titleInput ?? title)) resource.title = title;
  shareProvider(resource, provider);
  return role;
}

function makeRole(
  stack: TerraformStack,
  project: GoogleProject,
  permissions: readonly string[],
  does: string,
  googleProvider?: TerraformProvider,
): CustomRole {
  const content = stableHash(permissions.join(' '));
  const place = idPartOf(stack, project.id);
  return new CustomRole(sharedScope(stack), `${content}-${place}`, {
    project,
    roleId: `vertex_${content}_${stableHash(stack.node.path)}`,
    title: `Vertex AI: ${does}`.slice(0, 100),
    permissions,
    reason: 'least privilege for callers of Vertex AI, shared by those who need the same',
    googleProvider,
  });
}
