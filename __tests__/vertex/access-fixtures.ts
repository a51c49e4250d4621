import { type TerraformStack } from 'cdktf';
import { VertexAccess } from '../../lib/vertex/vertex-access';
import type { VertexAccessProps } from '../../lib/vertex/vertex-access-props';
import { synthesized } from '../synth';
import { location, project, reader } from './fixtures';

export const ROLE = 'google_project_iam_custom_role';
export const MEMBER = 'google_project_iam_member';
export const ON_ENDPOINT = 'google_vertex_ai_endpoint_iam_member';

export const access = (stack: TerraformStack, props: Partial<VertexAccessProps> = {}, id = 'access') =>
  new VertexAccess(stack, id, {
    identity: props.identity ?? reader(stack),
    project,
    location,
    reason: 'ranks the shelf',
    ...props,
  });

/** Resources that give or hold access, by type and number. */
export const made = (stack: TerraformStack) =>
  Object.fromEntries(
    Object.entries(synthesized(stack).resource ?? {})
      .filter(([type]) => type.startsWith('google_'))
      .map(([type, ofType]) => [type, Object.keys(ofType).length]),
  );

export type Give = (access: VertexAccess, stack: TerraformStack) => unknown;

export const acknowledge = { projectWide: 'one endpoint is all there is' };
