import type { TerraformStack } from 'cdktf';
import { GoogleAuditTrail } from '../../lib/audit/google-audit-trail';
import { type GoogleAuditTrailProps } from '../../lib/audit/google-audit-trail-props';
import { resources, testStack } from '../synth';
import { location, project } from '../vertex/fixtures';

export type Props = Partial<Record<keyof GoogleAuditTrailProps, unknown>>;

export const trail = (stack: TerraformStack, props: Props = {}, id = 'audit') =>
  new GoogleAuditTrail(stack, id, { project, location, ...props } as GoogleAuditTrailProps);

export const made = (props: Props = {}) => {
  const stack = testStack();
  trail(stack, props);
  return stack;
};

export const metric = (stack: TerraformStack, id: string) =>
  String(
    resources(stack, 'google_logging_metric').find(({ name }) => String(name).endsWith(`/${id}`))!.filter,
  );
