import { isObject } from '../core/is-object';
import type { Model } from '../model/model';
import type { Finding } from './finding';

/** Answer to findings of one rule below one construct. */
export interface Acknowledgement {
  /** Id of the rule, `GKE007`, or of one finding of it, `AWS005[iam:PassRole]`. */
  readonly id: string;
  /** Path of the construct. It covers the findings of all resources below it; an empty path covers the whole app. */
  readonly path: string;
  /** Reason for accepting the finding: one line of 10 to 300 characters. */
  readonly reason: string;
  /** Team or person who accepts it: one line, at most 80 characters. */
  readonly owner: string;
  /** Last day of the acknowledgement as YYYY-MM-DD. The rule fails again on the day after. */
  readonly until: string;
}

/** Effect of one acknowledgement on a report. */
export interface AcknowledgementStatus extends Acknowledgement {
  /**
   * `used` if it answers a finding; `unused` if there is no such finding; `expired` if its last day has passed;
   * `unknown-rule` if no rule has its id.
   */
  readonly status: 'used' | 'unused' | 'expired' | 'unknown-rule';
}

/** Name of the entry in the `//` comment of a stack that holds the acknowledgements of its constructs. */
export const STACK_COMMENT = 'guardrails';

/** Acknowledgements that the stacks of a model record. */
export function acknowledgementsOf(model: Model): Acknowledgement[] {
  const found = new Map<string, Acknowledgement>();
  for (const { comment } of model.stacks) {
    const recorded = comment[STACK_COMMENT];
    for (const each of Array.isArray(recorded) ? recorded.filter(isAcknowledgement) : []) {
      found.set(JSON.stringify([each.path, each.id]), each);
    }
  }
  return [...found.values()];
}

/** Whether an acknowledgement answers a finding, expired or not. */
export function answers(
  { id, path }: Acknowledgement,
  finding: Pick<Finding, 'id' | 'rule' | 'stack' | 'constructPath'>,
): boolean {
  if (id !== finding.id && id !== finding.rule) return false;
  const place = finding.constructPath ?? finding.stack;
  return path === '' || place === path || place.startsWith(`${path}/`);
}

/** Id of the rule of an acknowledgement. */
export function ruleOf(id: string): string {
  return id.replace(/\[.*$/s, '');
}

function isAcknowledgement(value: unknown): value is Acknowledgement {
  return (
    isObject(value) &&
    ['id', 'path', 'reason', 'owner', 'until'].every((name) => typeof value[name] === 'string')
  );
}
