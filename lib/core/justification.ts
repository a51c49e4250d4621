import type { TerraformElement } from 'cdktf';
import { singleLine, optional, type Rule, type Shape } from './rules';

/** Why something has access: asked for wherever access is given, and carried into what is made. */
export interface Justification {
  /** Purpose of the access: one line, at most 160 bytes. */
  readonly reason: string;
  /**
   * Team or person responsible for it: one line, at most 40 bytes.
   * @default - no owner is recorded
   */
  readonly owner?: string;
  /**
   * Ticket in which it was asked for: one line, at most 32 bytes.
   * @default - no ticket is named
   */
  readonly ticket?: string;
}

/** Reason for overriding a safety check: one line, at most 200 bytes. */
export const acknowledgement: Rule = optional(singleLine(200));

export const justificationRules: Shape<Justification> = {
  reason: singleLine(160),
  owner: optional(singleLine(40)),
  ticket: optional(singleLine(32)),
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
export function justificationOf({ reason, owner, ticket }: Justification): Justification {
  return {
    reason,
    ...(owner === undefined ? {} : { owner }),
    ...(ticket === undefined ? {} : { ticket }),
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
