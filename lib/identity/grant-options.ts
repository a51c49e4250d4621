import { acknowledgement, justificationRules } from '../core/justification';
import { optional, shape, string } from '../core/rules';
import { condition, type IamCondition } from './iam-condition';

/** What may be said about any grant. */
export interface GrantOptions {
  /**
   * What the access is for.
   * @default - the reason of the identity
   */
  readonly reason?: string;
  /**
   * Team or person that answers for it.
   * @default - the owner of the identity
   */
  readonly owner?: string;
  /**
   * Ticket in which it was asked for.
   * @default - the ticket of the identity
   */
  readonly ticket?: string;
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

/** What a grant may set aside, each with the reason why. */
export interface ProjectGrantAcknowledgements {
  /**
   * Why a role that reaches everything of its kind in the project is granted on the whole project.
   * @default - such a role is refused
   */
  readonly projectWide?: string;
}

/** A grant on a whole project. */
export interface ProjectGrantOptions extends GrantOptions {
  /**
   * What is known and accepted.
   * @default - nothing
   */
  readonly acknowledge?: ProjectGrantAcknowledgements;
}

const optionRules = {
  reason: optional(justificationRules.reason),
  owner: justificationRules.owner,
  ticket: justificationRules.ticket,
  condition: optional(condition),
  id: optional(string()),
};
export const grantOptions = shape<GrantOptions>(optionRules);
export const projectGrantOptions = shape<ProjectGrantOptions>({
  ...optionRules,
  acknowledge: optional(shape<ProjectGrantAcknowledgements>({ projectWide: acknowledgement })),
});
