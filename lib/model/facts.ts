import { isRecord } from './values/json-record';

/** Facts that constructs record in the `//` comment of a resource. Terraform ignores the comment. */
export interface ModelFacts {
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
  /**
   * Date of the next review as YYYY-MM-DD.
   * @default - no date is recorded
   */
  readonly reviewBy?: string;
  /** Reasons for overriding safety checks, by the name of the check; empty if there are none. */
  readonly acknowledged: Readonly<Record<string, string>>;
  /** The whole comment without the metadata of CDK for Terraform, for example `statements` of a policy. */
  readonly comment: Readonly<Record<string, unknown>>;
}

/** Facts and metadata of a `//` comment. */
export interface ResourceComment {
  readonly facts: ModelFacts;
  readonly constructPath?: string;
  readonly stackTrace: readonly string[];
}

/** No comment: a resource of another tool, or of a plan alone. */
export const NO_COMMENT: ResourceComment = { facts: { acknowledged: {}, comment: {} }, stackTrace: [] };

const TEXT_FACTS = ['reason', 'owner', 'ticket', 'reviewBy'];

/** Reads the `//` comment of a resource. Other tools write any JSON there. */
export function commentOf(comment: unknown): ResourceComment {
  if (!isRecord(comment)) return NO_COMMENT;
  const { metadata, ...rest } = comment;
  const { path, stackTrace } = isRecord(metadata) ? metadata : {};
  return {
    facts: {
      ...texts(rest, TEXT_FACTS),
      acknowledged: isRecord(rest.acknowledged)
        ? texts(rest.acknowledged, Object.keys(rest.acknowledged))
        : {},
      comment: rest,
    },
    ...(typeof path === 'string' && { constructPath: path }),
    stackTrace: Array.isArray(stackTrace) ? stackTrace.filter((line) => typeof line === 'string') : [],
  };
}

function texts(record: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = Object.hasOwn(record, name) ? record[name] : undefined;
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
