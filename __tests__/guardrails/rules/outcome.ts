import { verdictsOfExample } from '../../../lib/guardrails/example';
import type { Example, Rule } from '../../../lib/guardrails/rule';

/** The verdict of a rule for an example: one failure fails it. */
export function outcome(rule: Rule, example: Example): string {
  const verdicts = verdictsOfExample(rule, example).map(({ verdict }) => verdict);
  return verdicts.find((each) => each === 'fail') ?? verdicts.find((each) => each === 'unknown') ?? 'pass';
}
