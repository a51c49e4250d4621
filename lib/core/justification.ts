import type { TerraformElement } from 'cdktf';
import { day, knownAtSynth, singleLine, optional, type Rule, type Shape } from './rules';

/** Reason, owner, ticket and review of an access. Every construct that grants access records them in its resources. */
export interface Justification {
  /** Purpose of the access: one line, at most 160 bytes. */
  readonly reason: string;
  /**
   * Team or person responsible for it: one line, at most 40 bytes.
   * @default - no owner is recorded
   */
  readonly owner?: string;
  /**
   * Ticket of the request for access: one line, at most 32 bytes.
   * @default - no ticket is recorded
   */
  readonly ticket?: string;
  /**
   * Day on which the access is reviewed again, as YYYY-MM-DD. After it, the guardrail ACC002 fails.
   * @default - no day is recorded
   */
  readonly reviewBy?: string;
}

/** Reason, owner, ticket and review as props, which a construct inherits if they are omitted. */
export interface JustificationProps {
  /**
   * Purpose of the access: one line, at most 160 bytes.
   * @default - the reason of `Defaults.of(scope)`; required if no scope has one
   */
  readonly reason?: string;
  /**
   * Team or person responsible for it: one line, at most 40 bytes.
   * @default - the owner of `Defaults.of(scope)`, else no owner is recorded
   */
  readonly owner?: string;
  /**
   * Ticket of the request for access: one line, at most 32 bytes.
   * @default - the ticket of `Defaults.of(scope)`, else no ticket is recorded
   */
  readonly ticket?: string;
  /**
   * Day on which the access is reviewed again, as YYYY-MM-DD. After it, the guardrail ACC002 fails.
   * @default - the day of `Defaults.of(scope)`, else no day is recorded
   */
  readonly reviewBy?: string;
}

/** Reason for overriding a safety check: one line, at most 200 bytes, known at synth so that a reviewer can read it. */
export const acknowledgement: Rule = optional(knownAtSynth(singleLine(200)));

export const justificationRules: Shape<Justification> = {
  reason: singleLine(160),
  owner: optional(singleLine(40)),
  ticket: optional(singleLine(32)),
  reviewBy: optional(day),
};

/** Rules of a justification whose reason is inherited if it is omitted. */
export const inheritedJustificationRules: Shape<JustificationProps> = {
  ...justificationRules,
  reason: optional(justificationRules.reason),
};

/** The justification as one line of at most 256 bytes, which is what Google Cloud allows for a description. */
export function descriptionOf({ reason, owner, ticket }: Justification): string {
  const marks = [owner && `owner: ${owner}`, ticket && `ticket: ${ticket}`].filter(Boolean);
  return marks.length === 0 ? reason : `${reason} (${marks.join(', ')})`;
}

/**
 * Writes facts for people and review tools beside a resource, as its `//` comment in the Terraform JSON:
 * an IAM member has no description. Terraform ignores the comment.
 */
export function addMetadataComment(
  resource: TerraformElement,
  facts: Readonly<Record<string, unknown>>,
): void {
  resource.addOverride('//', facts);
}

/** The justification alone, of anything that carries one. */
export function justificationOf({ reason, owner, ticket, reviewBy }: Justification): Justification {
  return {
    reason,
    ...(owner === undefined ? {} : { owner }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(reviewBy === undefined ? {} : { reviewBy }),
  };
}

/** The justification as annotations of a Kubernetes object. */
export function annotationsOf(justification: Justification): Record<string, string> {
  return Object.fromEntries(
    Object.entries(justificationOf(justification)).map(([name, text]) => [
      `cdktf-multicloud.dev/${name}`,
      text,
    ]),
  );
}
