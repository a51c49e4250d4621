import type { Severity } from './rule';

/** One violation of one guardrail by one resource. */
export interface Finding {
  /** Id of the rule with the detail of the finding: `GKE007` or `AWS005[iam:PassRole]`. */
  readonly id: string;
  /** Id of the rule. */
  readonly rule: string;
  /** Effect of the finding. */
  readonly severity: Severity;
  /** Violation, as a noun phrase. */
  readonly title: string;
  /** Stack of the resource. */
  readonly stack: string;
  /** Address of the resource in the stack. */
  readonly address: string;
  /**
   * Path of the construct.
   * @default - another tool wrote the stack, or the source is a plan alone
   */
  readonly constructPath?: string;
  /**
   * Path of the argument.
   * @default - no single argument breaks the rule
   */
  readonly property?: string;
  /** Violation by this resource, as a sentence. */
  readonly message: string;
  /** Consequence, as a sentence. */
  readonly why: string;
  /** Remedy, as a sentence. */
  readonly fix: string;
  /** Controls that the rule serves. */
  readonly controls: readonly string[];
  /** Stack trace of the construct, innermost frame first; empty if none was captured. */
  readonly stackTrace: readonly string[];
  /**
   * Answer to the finding. An acknowledged finding does not fail the check.
   * @default - the finding is not acknowledged
   */
  readonly acknowledged?: FindingAcknowledgement;
  /** Whether the baseline has the finding. Such a finding does not fail the check. */
  readonly isInBaseline: boolean;
}

/** Answer to a finding. */
export interface FindingAcknowledgement {
  /** Reason for accepting the finding. */
  readonly reason: string;
  /**
   * Team or person who accepts it.
   * @default - the acknowledgement is a prop of a construct, whose resource has an owner or not
   */
  readonly owner?: string;
  /**
   * Last day of the acknowledgement as YYYY-MM-DD.
   * @default - no end
   */
  readonly until?: string;
}

/** A rule that could not evaluate a resource. */
export interface Unjudged {
  /** Id of the rule. */
  readonly rule: string;
  /** Stack of the resource. */
  readonly stack: string;
  /** Address of the resource in the stack. */
  readonly address: string;
  /**
   * Path of the construct.
   * @default - another tool wrote the stack, or the source is a plan alone
   */
  readonly constructPath?: string;
  /**
   * Path of the argument.
   * @default - no single argument is unknown
   */
  readonly property?: string;
  /** Which value is unknown and why. */
  readonly reason: string;
}
