import { acknowledgement, inheritedJustificationRules } from '../../core/justification';
import { optional, shape, string } from '../../core/rules';
import { condition, type IamCondition } from './iam-condition';

/** Options of every grant. */
export interface GrantOptions {
  /**
   * Purpose of the access.
   * @default - the reason of the identity
   */
  readonly reason?: string;
  /**
   * Team or person that answers for it.
   * @default - the owner of the identity
   */
  readonly owner?: string;
  /**
   * Ticket of the request.
   * @default - the ticket of the identity
   */
  readonly ticket?: string;
  /**
   * Day on which the access is reviewed again, as YYYY-MM-DD.
   * @default - the day of the identity
   */
  readonly reviewBy?: string;
  /**
   * When the role counts.
   * @default - always
   */
  readonly condition?: IamCondition;
  /**
   * Construct id, part of the Terraform address.
   * @default - made of the role and the name of what it is granted on
   */
  readonly id?: string;
}

/** Safety checks that a grant can override, each with a reason. */
export interface ProjectGrantAcknowledgements {
  /**
   * Reason why a role with access to every resource of its kind is granted on the project.
   * @default - such a role is rejected
   */
  readonly projectWide?: string;
}

/** A grant on a whole project. */
export interface ProjectGrantOptions extends GrantOptions {
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: ProjectGrantAcknowledgements;
}

const optionRules = {
  ...inheritedJustificationRules,
  condition: optional(condition),
  id: optional(string()),
};
export const grantOptions = shape<GrantOptions>(optionRules);
export const projectGrantOptions = shape<ProjectGrantOptions>({
  ...optionRules,
  acknowledge: optional(shape<ProjectGrantAcknowledgements>({ projectWide: acknowledgement })),
});
