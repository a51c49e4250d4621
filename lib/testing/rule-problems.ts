import { verdictsOfExample } from '../guardrails/example';
import type { Example, Rule } from '../guardrails/rule';

/** Examples of a rule that have another verdict, as sentences: `expect(ruleProblems(rule)).toEqual([])`. */
export function ruleProblems(rule: Rule): readonly string[] {
  const { passes, fails, unknowns = [] } = rule;
  const verdicts = (example: Example) => verdictsOfExample(rule, example).map(({ verdict }) => verdict);
  const problem = (name: string, index: number, must: string, got: readonly string[]) =>
    `${rule.id}: ${name}[${index}] must ${must} (got ${got.join(', ') || 'no resource'}).`;
  return [
    ...passes.flatMap((example, index) => {
      const got = verdicts(example);
      return got.every((each) => each === 'pass') ? [] : [problem('passes', index, 'pass', got)];
    }),
    ...fails.flatMap((example, index) => {
      const got = verdicts(example);
      return got.includes('fail') ? [] : [problem('fails', index, 'fail', got)];
    }),
    ...unknowns.flatMap((example, index) => {
      const got = verdicts(example);
      return got.includes('unknown') && !got.includes('fail')
        ? []
        : [problem('unknowns', index, 'be unknown', got)];
    }),
  ];
}
