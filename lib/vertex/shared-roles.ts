import { TerraformStack, Token, type TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { stableHash, resolveTokens } from '../core/names';
import { oncePer } from '../core/registry';
import { CustomRole, type ICustomRole } from '../identity/custom-role';
import type { GoogleProject } from '../google/project';
import { CAPABILITY_PERMISSIONS, type VertexCapability } from './capabilities';

const SCOPE = 'vertex-roles';

/**
 * The custom role of a capability: one for all bindings of a stack in the same project, because a project holds
 * 300 roles and an app may have more identities. Capabilities of equal permissions share it. The id holds a hash
 * of the stack's name, so that two stacks, or two apps, in one project do not fight over a role.
 */
export function sharedRole(
  scope: IConstruct,
  project: GoogleProject,
  capability: VertexCapability,
  googleProvider?: TerraformProvider,
): ICustomRole {
  const stack = TerraformStack.of(scope);
  const permissions = CAPABILITY_PERMISSIONS[capability];
  // Whichever provider asks first makes it: a second one would claim the same id in the same project.
  const key = JSON.stringify(resolveTokens(stack, [project.id, ...permissions]));
  return oncePer(stack, `${SCOPE} ${key}`, () => makeRole(stack, project, capability, googleProvider));
}

function makeRole(
  stack: TerraformStack,
  project: GoogleProject,
  capability: VertexCapability,
  googleProvider?: TerraformProvider,
): CustomRole {
  const permissions = CAPABILITY_PERMISSIONS[capability];
  const content = stableHash(permissions.join(' '));
  const owner = stack.node.tryFindChild(SCOPE) ?? new Construct(stack, SCOPE);
  const place = Token.isUnresolved(project.id)
    ? stableHash(JSON.stringify(resolveTokens(stack, [project.id])))
    : project.id;
  return new CustomRole(owner as Construct, `${content}-${place}`, {
    project,
    roleId: `vertex_${content}_${stableHash(stack.node.path)}`,
    title:
      `Vertex AI: ${permissions.map((permission) => permission.replace('aiplatform.', '')).join(', ')}`.slice(
        0,
        100,
      ),
    permissions,
    reason: 'least privilege for callers of Vertex AI, shared by those who need the same',
    googleProvider,
  });
}
