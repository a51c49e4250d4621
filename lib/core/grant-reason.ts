import type { Construct } from 'constructs';
import {
  justificationOf,
  inheritedJustificationRules,
  type Justification,
  type JustificationProps,
} from './justification';
import { shape } from './rules';
import { problemsOf, refuse } from './validation';

/** Justification of one grant of a resource, for example `orchestrator.grants.startExecution(role, { reason })`. */
export interface GrantReason {
  /**
   * Purpose of the access: one line, at most 160 bytes.
   * @default - the reason of the resource
   */
  readonly reason?: string;
  /**
   * Team or person responsible for the access: one line, at most 40 bytes.
   * @default - the owner of the resource
   */
  readonly owner?: string;
  /**
   * Ticket of the request for access: one line, at most 32 bytes.
   * @default - the ticket of the resource
   */
  readonly ticket?: string;
  /**
   * Day on which the access is reviewed again, as YYYY-MM-DD.
   * @default - the day of the resource
   */
  readonly reviewBy?: string;
}

const rule = shape<GrantReason>({
  ...inheritedJustificationRules,
});

/**
 * Justification of a grant: its options, else the values of the resource.
 * @throws ValidationError if an option is invalid, or if neither has a reason
 */
export function grantJustification(
  resource: Construct,
  options: GrantReason,
  defaults: JustificationProps,
): Justification {
  const [problem] = problemsOf(rule, options, 'options');
  if (problem !== undefined) refuse(resource, problem);
  const reason = options.reason ?? defaults.reason;
  if (reason === undefined) {
    const fix = 'Set it here or with Defaults.of(scope).';
    refuse(resource, { property: 'options.reason', value: reason, rule: 'be set', fix });
  }
  const { owner = defaults.owner, ticket = defaults.ticket, reviewBy = defaults.reviewBy } = options;
  return justificationOf({ reason, owner, ticket, reviewBy });
}
