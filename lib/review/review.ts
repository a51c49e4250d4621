import type { Finding } from '../guardrails/finding';

/** Effect of a change on access. `unknown` counts as broadened for a gate. */
export type AccessVerdict = 'broadened' | 'mixed' | 'narrowed' | 'unknown';

/** Review of the plans of one or more stacks. Plain data: `JSON.stringify` gives the form of the JSON Schema. */
export interface Review {
  /** Version of the form. */
  readonly version: 1;
  /** Reviews of the stacks, sorted by name. */
  readonly stacks: readonly StackReview[];
  /** Changes of access over all stacks, the broadened ones first. */
  readonly access: readonly AccessChange[];
  /** Findings of guardrails that the state before the plan did not have. */
  readonly newFindings: readonly Finding[];
  /** Number of findings that the state before the plan had too. */
  readonly oldFindings: number;
  /** Policies of AWS that exceed the ceiling, as sentences; empty if no ceiling is given. */
  readonly exceeded: readonly string[];
  /** Findings of other scanners. */
  readonly others: readonly OtherFinding[];
  /** Coverage, for the line at the end. */
  readonly coverage: ReviewCoverage;
  /**
   * SHA-256 of addresses, actions, access and hashed values. A deployment compares it with the digest that was approved.
   */
  readonly digest: string;
}

/** Finding of another scanner. */
export interface OtherFinding {
  /** Name of the scanner. */
  readonly tool: string;
  /** Id of the rule. */
  readonly rule: string;
  /** Level in SARIF: `error`, `warning` or `note`. */
  readonly level: string;
  /** Text of the finding, masked. */
  readonly message: string;
  /** File and line, or the name of the resource. */
  readonly place: string;
}

/** Review of the plan of one stack. */
export interface StackReview {
  /** Name of the stack. */
  readonly name: string;
  /** Whether planning failed, so that the plan has only a part of the changes. */
  readonly isErrored: boolean;
  /** Problems of the plan as a whole, for example that planning failed. */
  readonly warnings: readonly string[];
  /** Number of changes by word: `create`, `update`, `replace`, `delete`, `forget`, `move`, `import`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Changes of resources, sorted by risk and address. */
  readonly changes: readonly ReviewedChange[];
  /** Changes that other tools made since the last apply. */
  readonly drift: readonly ReviewedChange[];
  /** Changes that Terraform plans only after others, as sentences. */
  readonly deferred: readonly string[];
  /** Failed checks, as sentences. */
  readonly checks: readonly string[];
  /** Changed outputs, as sentences without values. */
  readonly outputs: readonly string[];
}

/** Change of one resource. */
export interface ReviewedChange {
  /** Address after the change. */
  readonly address: string;
  /** Resource type. */
  readonly type: string;
  /** Word of the change. */
  readonly action: 'create' | 'delete' | 'forget' | 'import' | 'move' | 'replace' | 'update';
  /**
   * Address before a move.
   * @default - no move
   */
  readonly previousAddress?: string;
  /** Why Terraform does it, and what follows, as sentences. */
  readonly notes: readonly string[];
  /** Changed attributes. Values are shown only for attributes that cannot have a secret. */
  readonly attributes: readonly AttributeChange[];
  /** Whether the change deletes data, an identity, or something whose id is blocked for a time. */
  readonly isStatefulLoss: boolean;
  /**
   * Path of the construct.
   * @default - another tool wrote the stack, or the synthesized stack was not given
   */
  readonly constructPath?: string;
  /**
   * Purpose of the resource.
   * @default - no reason is recorded
   */
  readonly reason?: string;
}

/** Change of one attribute. */
export interface AttributeChange {
  /** Path of the attribute. */
  readonly path: string;
  /**
   * Text before, masked.
   * @default - the attribute was absent, or its values are not shown
   */
  readonly before?: string;
  /**
   * Text after, masked.
   * @default - the attribute is absent, or its values are not shown
   */
  readonly after?: string;
}

/** Change of the access of one identity or to one resource. */
export interface AccessChange {
  /** Effect of the change. */
  readonly verdict: AccessVerdict;
  /** Subject of the change, for example `role etl-bridge` or `trust of role etl-bridge`. */
  readonly subject: string;
  /** Gained and lost access as sentences, each with a request that shows it. */
  readonly details: readonly string[];
  /** Stacks and addresses of the changed resources. */
  readonly addresses: readonly string[];
  /**
   * Access of the identity after the plan, beside the gained access. For a trust, the access of the trusted identity.
   * @default - no gained access, or no other access in the plans
   */
  readonly reach?: AccessReach;
  /**
   * Purpose of the access.
   * @default - no reason is recorded
   */
  readonly reason?: string;
  /**
   * Team or person responsible.
   * @default - no owner is recorded
   */
  readonly owner?: string;
  /**
   * Ticket of the request.
   * @default - no ticket is recorded
   */
  readonly ticket?: string;
}

/** Access of an identity from all plans of a review. */
export interface AccessReach {
  /** At most five grants as sentences, the most privileged first. */
  readonly strongest: readonly string[];
  /** Number of the other grants. */
  readonly others: number;
}

/** Coverage of a review. */
export interface ReviewCoverage {
  /** Number of resources that state access, after the plan. */
  readonly stated: number;
  /** Number of those that were read completely. */
  readonly read: number;
  /** Addresses that were not read completely, with the cause. */
  readonly gaps: readonly string[];
}
